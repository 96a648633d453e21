package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.lambdas.OrderJson;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.testing.EventJson;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** Runs a function from its jar for each test, with the servers that all tests share. */
abstract class ArtifactSetUp {

  static final Clock CLOCK = Clock.systemUTC();

  private static final String ALL_DONE = "{\"batchItemFailures\":[]}";

  static DeployedFunctions functions;
  static StreamReader results;
  static StreamReader deadLetters;

  FunctionProcess process;

  @BeforeAll
  static void shareServers() {
    functions = DeployedFunctions.shared();
    results = functions.reader("feature-results");
    deadLetters = functions.reader("dead-letters");
  }

  @BeforeEach
  void forgetAll() throws IOException {
    functions.forgetAll();
    results.drain();
    deadLetters.drain();
  }

  @AfterEach
  void stopFunction() {
    if (process != null) {
      process.close();
    }
  }

  static String invoke(FunctionProcess process, byte[] event) {
    return new String(process.invoke(event, UUID.randomUUID().toString()), UTF_8);
  }

  static void doesAllOf(FunctionProcess process, byte[] batch) {
    assertThat(invoke(process, batch)).as(process::log).isEqualTo(ALL_DONE);
  }

  final String invoke(byte[] event) {
    return invoke(process, event);
  }

  final void doesAllOf(byte[] batch) {
    doesAllOf(process, batch);
  }

  /** A batch of one order in a city. */
  static byte[] orderCreated(FunctionDefinition function, String city, Instant at)
      throws IOException {
    byte[] event =
        OrderJson.event("ORDER_CREATED", "created-in-" + city, at.toEpochMilli())
            .with("cityCode", EventJson.quoted(city))
            .bytes();
    return batch(function, "order-created", List.of(event));
  }

  /** A batch of one result: three unpicked orders of store 45. */
  static byte[] unpickedResult(FunctionDefinition function) throws IOException {
    String result =
        "{\"featureGroup\":\"store_orders\",\"dimension\":\"store\",\"key\":\"45\",\"version\":7,"
            + "\"computedAt\":1790000000000,\"eventTime\":1790000000000,\"validUntil\":null,"
            + "\"trigger\":\"event\",\"features\":{\"unpicked\":3}}";
    return batch(function, "feature-results", List.of(result.getBytes(UTF_8)));
  }

  static byte[] batch(FunctionDefinition function, String stream, List<byte[]> data)
      throws IOException {
    return KinesisEvents.of(DeployedFunctions.ACCOUNT, function.name(), stream, data);
  }
}
