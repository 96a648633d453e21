package dev.freshet.state.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/**
 * Sends requests, some of which fail as the test wants it. Counts those that the server answers.
 */
final class FaultyHttp implements SdkHttpClient {

  /** What happens to a request. */
  enum Fault {
    NONE,
    /** It does not reach the server. */
    LOST_REQUEST,
    /** The server executes it, and the answer does not arrive. */
    LOST_ANSWER,
    /** The server refuses it, as its table has no capacity left. */
    THROTTLED
  }

  private static final String THROTTLED =
      "{\"__type\":\"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException\","
          + "\"message\":\"The level of configured provisioned throughput was exceeded\"}";

  private final SdkHttpClient network = UrlConnectionHttpClient.create();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger writes = new AtomicInteger();
  private volatile IntFunction<Fault> plan = request -> Fault.NONE;

  /** Decides the fate of each request from now on, by its number from 0. */
  void plan(IntFunction<Fault> fate) {
    requests.set(0);
    plan = fate;
  }

  /** Lets all requests through from now on. */
  void heal() {
    plan(request -> Fault.NONE);
  }

  /** Returns how many requests were made since the last plan. */
  int requests() {
    return requests.get();
  }

  /** Returns how many items were put, or refused as older, since the start. */
  int writes() {
    return writes.get();
  }

  @Override
  public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
    Fault fault = plan.apply(requests.getAndIncrement());
    ExecutableHttpRequest real = network.prepareRequest(request);
    return new ExecutableHttpRequest() {
      @Override
      public HttpExecuteResponse call() throws IOException {
        return switch (fault) {
          case NONE -> answer(request, real);
          case THROTTLED -> throttled();
          case LOST_REQUEST -> throw new IOException("the request is lost as the test wants it");
          case LOST_ANSWER -> {
            answer(request, real).responseBody().ifPresent(AbortableInputStream::abort);
            throw new IOException("the answer is lost as the test wants it");
          }
        };
      }

      @Override
      public void abort() {
        real.abort();
      }
    };
  }

  private HttpExecuteResponse answer(HttpExecuteRequest request, ExecutableHttpRequest real)
      throws IOException {
    HttpExecuteResponse answer = real.call();
    request
        .httpRequest()
        .firstMatchingHeader("X-Amz-Target")
        .filter(target -> target.endsWith("PutItem"))
        .ifPresent(target -> writes.incrementAndGet());
    return answer;
  }

  private static HttpExecuteResponse throttled() {
    return HttpExecuteResponse.builder()
        .response(
            SdkHttpResponse.builder()
                .statusCode(400)
                .putHeader("Content-Type", "application/x-amz-json-1.0")
                .build())
        .responseBody(
            AbortableInputStream.create(new ByteArrayInputStream(THROTTLED.getBytes(UTF_8))))
        .build();
  }

  @Override
  public void close() {
    network.close();
  }
}
