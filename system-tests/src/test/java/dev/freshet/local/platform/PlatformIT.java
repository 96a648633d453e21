package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.local.process.RedisStore;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Tests everything that is deployed: puts events into the streams, and reads features from the
 * store.
 */
@Tag("verify")
class PlatformIT {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void featuresEqualTheOracleAndGarbageIsDeadLettered() throws IOException {
    checkAgainstTheOracle(TestPlatform.warmedUp());
  }

  @Test
  void soTheyDoIfTheFunctionsWriteThemThemselves() throws IOException {
    checkAgainstTheOracle(new TestPlatform(true));
  }

  @Test
  @Tag("containers")
  void featuresEqualTheOracleOnRedisClusters() throws IOException {
    checkAgainstTheOracle(new TestPlatform(new ClusteredRedis(), new ClusteredRedis()));
  }

  @Test
  void soTheyDoOnRedisWithTlsAndAPassword(@TempDir Path folder) throws Exception {
    assumeTrue(SecuredRedis.isInstalled(), "no redis-server is installed that speaks TLS");
    RedisStore both = new SecuredRedis(folder);
    checkAgainstTheOracle(new TestPlatform(both, both));
  }

  private static void checkAgainstTheOracle(TestPlatform started) throws IOException {
    long now = TestPlatform.CLOCK.millis();
    Random random = new Random(7);
    List<Arrival> arrivals = new RandomHistory(7, now - 190 * 60_000L).arrivals(150);
    List<Garbage> kinds = List.of(Garbage.values());
    List<String> lines = new ArrayList<>();
    List<OracleEvent> valid = new ArrayList<>();
    Map<String, Integer> garbage = new TreeMap<>();
    for (Arrival arrival : arrivals) {
      OracleEvent event = OracleEvent.parse(arrival.json());
      if (event.occurredAt() <= now + 50 * 60_000L) {
        lines.add(arrival.json());
        valid.add(event);
      }
      if (random.nextInt(10) == 0) {
        Garbage bad = kinds.get(random.nextInt(kinds.size()));
        lines.add(bad.line(now));
        garbage.merge(bad.reason(), 1, Integer::sum);
      }
    }

    try (TestPlatform platform = started) {
      platform.put(lines.stream().map(PlatformIT::event).iterator());
      platform.awaitDone();
      Expectations expectations = new Expectations(new Oracle(valid), platform.store());
      expectations.checkAllGroups();
      assertThat(expectations.compared()).isGreaterThan(100);
      assertThat(deadLetters(platform.kinesis(), "city_demand")).isEqualTo(garbage);
    }
  }

  /** An event for the stream of its type; without a type, for that of created orders. */
  private static OutgoingEvent event(String line) {
    String stream =
        line.contains("\"eventType\":\"ORDER_") && !line.contains("ORDER_CREATED")
            ? line.replaceAll("(?s).*\"ORDER_([A-Z]+)\".*", "order-$1").toLowerCase(Locale.ROOT)
            : "order-created";
    String key = Integer.toString(line.hashCode());
    return new OutgoingEvent(stream, key, line.getBytes(UTF_8), Optional.empty());
  }

  /** Counts the dead letters of a group by reason. */
  private static Map<String, Integer> deadLetters(KinesisClient kinesis, String group)
      throws IOException {
    String shard =
        kinesis.listShards(call -> call.streamName("dead-letters")).shards().get(0).shardId();
    String iterator =
        kinesis
            .getShardIterator(
                call ->
                    call.streamName("dead-letters")
                        .shardId(shard)
                        .shardIteratorType("TRIM_HORIZON"))
            .shardIterator();
    Map<String, Integer> reasons = new TreeMap<>();
    for (var record : kinesis.getRecords(call -> call.shardIterator(iterator)).records()) {
      JsonNode letter = JSON.readTree(record.data().asByteArray());
      if (letter.get("featureGroup").asText().equals(group)) {
        reasons.merge(letter.get("reason").asText(), 1, Integer::sum);
        assertThat(Base64.getDecoder().decode(letter.get("payload").asText())).isNotNull();
      }
    }
    return reasons;
  }
}
