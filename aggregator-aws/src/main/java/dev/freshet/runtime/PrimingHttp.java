package dev.freshet.runtime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Answers requests instead of AWS, so that priming changes nothing there. Sends the host of each
 * request only an empty request without credentials: it resolves the name, opens a connection with
 * TLS, and closes it.
 */
final class PrimingHttp implements SdkHttpClient {

  private static final Logger LOG = LoggerFactory.getLogger(PrimingHttp.class);

  private static final int OK = 200;

  /** The members of answers that the functions read, for all requests. */
  private static final String JSON =
      "{\"Records\":[{\"SequenceNumber\":\"0\"}],\"SecretString\":\"any\",\"status\":\"RUNNING\"}";

  /**
   * {@code {"Records":[{"SequenceNumber":"0"}]}} in CBOR, where each part follows its type and
   * length.
   */
  private static final String CBOR = "\u00a1gRecords\u0081\u00a1nSequenceNumbera0";

  private final SdkHttpClient network;

  PrimingHttp(SdkHttpClient network) {
    this.network = network;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        openConnection(request.httpRequest());
        return answer(request.httpRequest());
      }

      @Override
      public void abort() {}
    };
  }

  private void openConnection(SdkHttpRequest request) {
    SdkHttpRequest empty =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol(request.protocol())
            .host(request.host())
            .port(request.port())
            .encodedPath("/")
            .putHeader("Connection", "close") // otherwise it would be kept for the next request
            .build();
    ExecutableHttpRequest probe =
        network.prepareRequest(HttpExecuteRequest.builder().request(empty).build());
    try {
      HttpExecuteResponse unused = probe.call();
    } catch (IOException e) {
      LOG.info("{} cannot be reached: {}", request.host(), e.getMessage());
    } finally {
      probe.abort(); // closing the body of an answer does not close its connection
    }
  }

  private static HttpExecuteResponse answer(SdkHttpRequest request) {
    String type = request.firstMatchingHeader("Content-Type").orElse("");
    String body = type.contains("cbor") ? CBOR : JSON;
    return HttpExecuteResponse.builder()
        .response(SdkHttpResponse.builder().statusCode(OK).putHeader("Content-Type", type).build())
        .responseBody(
            AbortableInputStream.create(new ByteArrayInputStream(body.getBytes(ISO_8859_1))))
        .build();
  }

  @Override
  public void close() {
    network.close();
  }
}
