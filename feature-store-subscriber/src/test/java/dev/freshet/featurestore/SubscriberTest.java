package dev.freshet.featurestore;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.ledger.Ledger;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultJson;
import dev.freshet.testing.FakeSink;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches of result records into a real Redis. */
@Tag("verify")
class SubscriberTest {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(77), ZoneOffset.UTC);
  private static final Redis REDIS = TestRedis.shared();
  private static final FeatureStoreReader READER = FeatureStoreReader.connect(TestRedis.url());

  private final FakeSink deadLetters = new FakeSink();
  private final Subscriber subscriber =
      new Subscriber(Results.stored(REDIS, CLOCK), deadLetters, CLOCK, Metrics.NONE, Ledger.NONE);

  @AfterAll
  static void disconnect() {
    READER.close();
  }

  @Test
  void theNewestOfABatchWinsWhateverItsPlace() {
    String key = Results.freshKey();
    assertThat(
            subscriber.process(
                List.of(
                    Results.record(Results.of("g", key, 2, "a", 2)),
                    Results.record(Results.of("g", key, 5, "a", 5)),
                    Results.record(Results.of("h", key, 1, "a", 1)),
                    Results.record(Results.of("g", key, 3, "a", 3, "b", 3)))))
        .isEmpty();
    assertThat(READER.read("place", key, "g:a", "g:b", "h:a", "g:@version"))
        .isEqualTo(Map.of("g:a", 5.0, "h:a", 1.0, "g:@version", 5.0));
  }

  @Test
  void batchesInAnyOrderEndWithTheNewest() {
    String key = Results.freshKey();
    for (int version : new int[] {4, 2, 9, 9, 1, 8}) {
      subscriber.process(List.of(Results.record(Results.of("g", key, version, "a", version))));
    }
    assertThat(READER.read("place", key, "g:a")).isEqualTo(Map.of("g:a", 9.0));
  }

  @Test
  void resultsThatShareARecordAreJudgedOneByOne() {
    String key = Results.freshKey();
    String one = text(Results.of("g", key, 1, "a", 1));
    String two = text(Results.of("h", key, 1, "a", 2));
    assertThat(
            subscriber.process(
                List.of(
                    Results.record((one + "\n{oops\n" + two).getBytes(UTF_8)),
                    Results.record("x\ny\n".getBytes(UTF_8)))))
        .isEmpty();
    assertThat(READER.read("place", key, "g:a", "h:a")).isEqualTo(Map.of("g:a", 1.0, "h:a", 2.0));
    assertThat(deadLetters.texts()).hasSize(2);
    assertThat(deadLetters.texts().get(0)).contains("\"subSequence\":1");
    assertThat(deadLetters.texts().get(1)).contains("none of its 2 lines").doesNotContain("subSeq");
  }

  private static String text(FeatureResult result) {
    return new String(ResultJson.write(result), UTF_8);
  }

  @Test
  void aResultFromTheFutureIsBuriedAndDoesNotStopItsEntity() {
    String key = Results.freshKey();
    long dayAhead = CLOCK.millis() + 86_400_000;
    FeatureResult allowed = Results.of("g", key, dayAhead * 1_000, "a", 1);
    FeatureResult forged = Results.of("g", key, (dayAhead + 1) * 1_000, "a", 2);
    assertThat(subscriber.process(List.of(Results.record(forged), Results.record(allowed))))
        .isEmpty();
    assertThat(deadLetters.texts()).singleElement(STRING).contains("a day ahead of the clock");
    assertThat(READER.read("place", key, "g:a")).isEqualTo(Map.of("g:a", 1.0));
  }

  @Test
  void aBadRecordIsBuriedAndTheBatchGoesOn() {
    String key = Results.freshKey();
    assertThat(
            subscriber.process(
                List.of(
                    Results.record("{oops".getBytes(UTF_8)),
                    Results.record(Results.of("g", key, 1, "a", 1)),
                    Results.record("{\"featureGroup\":\"g\"}".getBytes(UTF_8)),
                    Results.record(new byte[0]))))
        .isEmpty();
    assertThat(READER.read("place", key, "g:a")).containsEntry("g:a", 1.0);
    assertThat(deadLetters.texts()).hasSize(3);
    assertThat(deadLetters.texts().get(0))
        .contains("\"reason\":\"NOT_A_RESULT\"")
        .contains("\"featureGroup\":\"feature_store_subscriber\"")
        .contains("\"stream\":\"feature-results\"")
        .contains("\"receivedAt\":77")
        .contains(Base64.getEncoder().encodeToString("{oops".getBytes(UTF_8)));
    assertThat(deadLetters.records().get(0).partitionKey()).isEqualTo("place:45");
  }

  @Test
  void resultsAreStoredEvenIfADeadLetterIsNotAcknowledgedAndItsRecordComesBack() {
    String key = Results.freshKey();
    deadLetters.refuse("place:45");

    assertThat(
            subscriber.process(
                List.of(
                    Results.record(Results.of("g", key, 1, "a", 1)),
                    Results.record("?".getBytes(UTF_8)),
                    Results.record(Results.of("h", key, 1, "b", 2)),
                    Results.record("?".getBytes(UTF_8)))))
        .hasValue(1);

    assertThat(READER.read("place", key, "g:a", "h:b")).isEqualTo(Map.of("g:a", 1.0, "h:b", 2.0));
  }

  @Test
  void aStoreThatIsAwayBringsTheBatchBack() throws IOException {
    TestServer server = TestRedis.startServer();
    server.stop();
    try (Redis redis = server.connect(Duration.ofMillis(300))) {
      Subscriber cut =
          new Subscriber(
              Results.stored(redis, CLOCK), deadLetters, CLOCK, Metrics.NONE, Ledger.NONE);
      assertThat(cut.process(List.of(Results.record(Results.of("g", "1", 1, "a", 1))))).hasValue(0);
    }
  }

  @Test
  void resultsOfAGroupThatIsGoneAreDropped() {
    String key = Results.freshKey();
    assertThat(
            subscriber.process(
                List.of(
                    Results.record(Results.of("gone", key, 1, "a", 1)),
                    Results.record(Results.of("gone_not", key, 1, "a", 2)))))
        .isEmpty();
    assertThat(READER.readAll("place", key)).doesNotContainKey("gone:a").containsKey("gone_not:a");
    assertThat(deadLetters.texts()).isEmpty();
  }

  @Test
  void anEmptyBatchIsDone() {
    assertThat(subscriber.process(List.of())).isEmpty();
  }
}
