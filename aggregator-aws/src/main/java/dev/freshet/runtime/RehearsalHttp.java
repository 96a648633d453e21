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
 * Answers in the place of AWS, so that nothing changes there. Where a request was to go, there is
 * only knocked: a request for nothing, by nobody, which has the name resolved and a connection
 * opened, TLS and all, and closed again.
 */
final class RehearsalHttp implements SdkHttpClient {

  private static final Logger LOG = LoggerFactory.getLogger(RehearsalHttp.class);

  private static final int OK = 200;

  /** Members of the answers that are asked for; of the others none is needed. */
  private static final String JSON =
      "{\"Records\":[{\"SequenceNumber\":\"0\"}],\"SecretString\":\"any\",\"status\":\"RUNNING\"}";

  /** {@code {"Records":[{"SequenceNumber":"0"}]}}: each part stands behind its type and length. */
  private static final String CBOR = "\u00a1gRecords\u0081\u00a1nSequenceNumbera0";

  private final SdkHttpClient network;

  RehearsalHttp(SdkHttpClient network) {
    this.network = network;
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() {
        knock(request.httpRequest());
        return answer(request.httpRequest());
      }

      @Override
      public void abort() {}
    };
  }

  private void knock(SdkHttpRequest request) {
    SdkHttpRequest nothing =
        SdkHttpRequest.builder()
            .method(SdkHttpMethod.GET)
            .protocol(request.protocol())
            .host(request.host())
            .port(request.port())
            .encodedPath("/")
            .putHeader("Connection", "close") // or it would be kept for the next request
            .build();
    ExecutableHttpRequest knock =
        network.prepareRequest(HttpExecuteRequest.builder().request(nothing).build());
    try {
      HttpExecuteResponse unused = knock.call();
    } catch (IOException e) {
      LOG.info("{} cannot be reached: {}", request.host(), e.getMessage());
    } finally {
      knock.abort(); // the body of an answer does not close its connection
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
