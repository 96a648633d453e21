package dev.freshet.operations.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.featurestore.client.FeastFormat;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.Trigger;
import dev.freshet.runtime.Settings;
import dev.freshet.testing.redis.TestRedis;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Tests where a tool's results go, on a real Redis. */
@Tag("verify")
class ToolResultsTest {

  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC);

  private final Map<String, String> variables =
      new HashMap<>(Map.of("FEATURE_STORE_URL", TestRedis.url()));
  private final Redis store = TestRedis.connect();

  @BeforeEach
  void clear() {
    String unused = store.ask(commands -> commands.flushall());
  }

  @AfterEach
  void disconnect() {
    store.close();
  }

  @Test
  void areOnlyPublishedByDefault() {
    publish();
    assertThat(keys("*")).isZero();
  }

  @Test
  void areWrittenInTheFormatOfTheFunctions() {
    variables.put("FEATURE_STORE_WRITES", "direct");
    publish();
    assertThat(keys("features:place:7")).isOne();
    clear();

    variables.put("FEATURE_STORE_FORMAT", "feast");
    variables.put("FEAST_PROJECT", "shop");
    publish();

    assertThat(keys("features:*")).isZero();
    assertThat(keys(FeastFormat.KEYS)).isOne();
  }

  private void publish() {
    try (EventPutter putter = new EventPutter(new TakingKinesis(), "");
        ToolResults results = new ToolResults(putter, new Settings(variables::get), CLOCK)) {
      assertThat(results.put(List.of(result())).isEmpty()).isTrue();
    }
  }

  private static FeatureResult result() {
    return new FeatureResult(
        "g",
        "place",
        "7",
        1,
        1_000,
        1_000,
        OptionalLong.empty(),
        Trigger.EVENT,
        List.of(new FeatureValue("a", 1)));
  }

  private int keys(String pattern) {
    return store.ask(commands -> commands.keys(pattern)).size();
  }

  /** Takes every record. */
  private static final class TakingKinesis implements KinesisClient {

    @Override
    public PutRecordsResponse putRecords(PutRecordsRequest request) {
      return PutRecordsResponse.builder()
          .records(
              Collections.nCopies(
                  request.records().size(),
                  PutRecordsResultEntry.builder().sequenceNumber("1").build()))
          .build();
    }

    @Override
    public String serviceName() {
      return SERVICE_NAME;
    }

    @Override
    public void close() {}
  }
}
