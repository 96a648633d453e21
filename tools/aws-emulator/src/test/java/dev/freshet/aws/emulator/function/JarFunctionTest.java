package dev.freshet.aws.emulator.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class JarFunctionTest {

  private static final AwsAccount ACCOUNT = new AwsAccount("us-east-1", "000000000000");
  private static final InstantSource TIME =
      InstantSource.fixed(Instant.parse("2026-03-01T10:00:00Z"));

  /** Reports the first record that it is given, and says who it is in its itemIdentifier. */
  private static final String KINESIS_HANDLER =
      """
      package dev.freshet.test;
      import com.amazonaws.services.lambda.runtime.*;
      import com.amazonaws.services.lambda.runtime.events.*;
      import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
      import java.util.List;
      public class Handler implements RequestHandler<KinesisEvent, StreamsEventResponse> {
        public StreamsEventResponse handleRequest(KinesisEvent event, Context context) {
          var kinesis = event.getRecords().get(0).getKinesis();
          String data = new String(kinesis.getData().array());
          if (data.equals("poison")) throw new IllegalStateException("bad item");
          return new StreamsEventResponse(
              List.of(new BatchItemFailure(kinesis.getSequenceNumber() + " " + data)));
        }
      }
      """;

  @TempDir Path folder;
  private final Artifacts artifacts = new Artifacts();

  @AfterEach
  void closeArtifacts() throws IOException {
    artifacts.close();
  }

  @Test
  void callsAHandlerOfKinesisEventsOutOfItsJar() throws Exception {
    JarFunction function = function("dev.freshet.test.Handler", KINESIS_HANDLER);

    String answer = call(function, kinesisEvent("item"));

    assertThat(answer).isEqualTo("{\"batchItemFailures\":[{\"itemIdentifier\":\"495 item\"}]}");
  }

  @Test
  void anExceptionOfTheHandlerIsAFailureOfTheFunction() throws Exception {
    JarFunction function = function("dev.freshet.test.Handler", KINESIS_HANDLER);

    assertThatThrownBy(() -> call(function, kinesisEvent("poison")))
        .isInstanceOf(FunctionFailedException.class)
        .hasMessageContaining("place-items")
        .hasRootCauseMessage("bad item");
  }

  @Test
  void theJarsClassIsUsedAndNotThePlatformsOfTheSameName() throws Exception {
    JarFunction function =
        function(
            ShadowedHandler.class.getName(),
            """
            package dev.freshet.aws.emulator.function;
            import com.amazonaws.services.lambda.runtime.*;
            public final class ShadowedHandler implements RequestHandler<String, String> {
              public String handleRequest(String input, Context context) { return "the jar's"; }
            }
            """);

    assertThat(call(function, "\"x\"")).isEqualTo("\"the jar's\"");
  }

  @Test
  void whatTheJarDoesNotBringIsMissing() throws Exception {
    JarFunction function =
        function(
            "dev.freshet.test.Handler",
            """
            package dev.freshet.test;
            import com.amazonaws.services.lambda.runtime.*;
            public class Handler implements RequestHandler<String, String> {
              public String handleRequest(String input, Context context) {
                return String.valueOf(new dev.freshet.aws.emulator.template.StreamDefinition("s", 1));
              }
            }
            """);

    assertThatThrownBy(() -> call(function, "\"x\""))
        .isInstanceOf(FunctionFailedException.class)
        .hasRootCauseInstanceOf(ClassNotFoundException.class);
  }

  @Test
  void theHandlerSeesItsContextAndItsOwnClasses() throws Exception {
    JarFunction function =
        function(
            "dev.freshet.test.Handler",
            """
            package dev.freshet.test;
            import com.amazonaws.services.lambda.runtime.*;
            import java.util.*;
            public class Handler implements RequestHandler<Map<String, Object>, Map<String, Object>> {
              static final ClassLoader AT_START = Thread.currentThread().getContextClassLoader();
              public Map<String, Object> handleRequest(Map<String, Object> input, Context c) {
                ClassLoader own = getClass().getClassLoader();
                return new TreeMap<>(Map.of(
                    "name", c.getFunctionName(),
                    "arn", c.getInvokedFunctionArn(),
                    "request", c.getAwsRequestId(),
                    "remaining", c.getRemainingTimeInMillis(),
                    "ownClasses", AT_START == own
                        && Thread.currentThread().getContextClassLoader() == own));
              }
            }
            """);
    ClassLoader before = Thread.currentThread().getContextClassLoader();

    JsonNode answer = new ObjectMapper().readTree(call(function, "{}"));

    assertThat(answer.toString())
        .isEqualTo(
            "{\"arn\":\"arn:aws:lambda:us-east-1:000000000000:function:place-items\","
                + "\"name\":\"place-items\",\"ownClasses\":true,\"remaining\":30000,"
                + "\"request\":\"request-1\"}");
    assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(before);
  }

  @Test
  void anInstanceIsUsedAgainButNeverByTwoCallsAtOnce() throws Exception {
    JarFunction function = function("dev.freshet.test.Handler", countingHandler());
    CyclicBarrier barrier = new CyclicBarrier(2);
    System.getProperties().put("dev.freshet.test.barrier", barrier);
    try {
      assertThat(call(function, "false")).isEqualTo("1");

      CompletableFuture<String> one = CompletableFuture.supplyAsync(() -> call(function, "true"));
      CompletableFuture<String> two = CompletableFuture.supplyAsync(() -> call(function, "true"));

      assertThat(List.of(one.get(), two.get())).containsExactlyInAnyOrder("1", "2");
    } finally {
      System.getProperties().remove("dev.freshet.test.barrier");
    }
  }

  @Test
  void callsAHandlerOfStreams() throws Exception {
    JarFunction function =
        function(
            "dev.freshet.test.Handler",
            """
            package dev.freshet.test;
            import com.amazonaws.services.lambda.runtime.*;
            import java.io.*;
            public class Handler implements RequestStreamHandler {
              public void handleRequest(InputStream in, OutputStream out, Context context)
                  throws IOException {
                in.transferTo(out);
              }
            }
            """);

    assertThat(call(function, "{\"page\":1}")).isEqualTo("{\"page\":1}");
  }

  @Test
  void aHandlerThatDoesNotStartIsAFailureThatNamesIt() throws Exception {
    JarFunction function =
        function(
            "dev.freshet.test.Handler",
            """
            package dev.freshet.test;
            import com.amazonaws.services.lambda.runtime.*;
            public class Handler implements RequestHandler<String, String> {
              public Handler() { throw new IllegalStateException("STATE_STORE_URL is not set"); }
              public String handleRequest(String input, Context context) { return input; }
            }
            """);

    assertThatThrownBy(() -> call(function, "\"x\""))
        .isInstanceOf(FunctionFailedException.class)
        .hasMessageContaining("STATE_STORE_URL is not set")
        .hasMessageContaining("dev.freshet.test.Handler");
  }

  @Test
  void functionsOfOneArtifactShareItsClasses() throws Exception {
    Path jar = CompiledJar.of(folder, "dev.freshet.test.Handler", KINESIS_HANDLER);

    assertThat(artifacts.loaderOf(jar))
        .isSameAs(artifacts.loaderOf(jar.getParent().resolve("./functions.jar")));
  }

  @Test
  void aMissingArtifactIsNamed() {
    Path jar = folder.resolve("absent.jar");

    assertThatThrownBy(() -> artifacts.loaderOf(jar)).hasMessageContaining("absent.jar");
  }

  private JarFunction function(String handler, String source) throws IOException {
    Path jar = CompiledJar.of(folder, handler, source);
    return new JarFunction(
        new FunctionDefinition("place-items", handler, jar, 256, Duration.ofSeconds(30), Map.of()),
        artifacts.loaderOf(jar),
        ACCOUNT,
        TIME);
  }

  private static String call(JarFunction function, String event) {
    byte[] answer = function.invoke(event.getBytes(StandardCharsets.UTF_8), "request-1");
    return new String(answer, StandardCharsets.UTF_8);
  }

  private static String kinesisEvent(String data) {
    String base64 =
        java.util.Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8));
    return "{\"Records\":[{\"kinesis\":{\"sequenceNumber\":\"495\",\"data\":\"%s\"}}]}"
        .formatted(base64);
  }

  /** Counts the calls of its instance; waits, if told so, until another call runs too. */
  private static String countingHandler() {
    return """
        package dev.freshet.test;
        import com.amazonaws.services.lambda.runtime.*;
        import java.util.concurrent.CyclicBarrier;
        public class Handler implements RequestHandler<Boolean, Integer> {
          private int calls;
          public Integer handleRequest(Boolean wait, Context context) {
            if (wait) {
              try {
                ((CyclicBarrier) System.getProperties().get("dev.freshet.test.barrier")).await();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            }
            return ++calls;
          }
        }
        """;
  }
}
