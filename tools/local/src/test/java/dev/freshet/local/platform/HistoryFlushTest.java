package dev.freshet.local.platform;

import static dev.freshet.definition.Aggregates.count;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.process.Await;
import dev.freshet.aws.emulator.process.DynamoDbEmulator;
import dev.freshet.aws.emulator.process.DynamoDbTables;
import dev.freshet.aws.emulator.template.TableDefinition;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Window;
import dev.freshet.engine.Aggregator;
import dev.freshet.format.EventFormat;
import dev.freshet.local.process.RedisServer;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.runtime.Settings;
import dev.freshet.state.Archived;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import dev.freshet.state.dynamodb.HistoryTable;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.StreamRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Needs the packages of {@code npm ci}, which the Maven build runs before. */
@Tag("verify")
class HistoryFlushTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final String TABLE = "history";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final Clock CLOCK = Clock.systemUTC();
  private static final Settings SETTINGS = new Settings(name -> null);

  private static final FeatureGroup PAYMENTS =
      FeatureGroup.named("card_history")
          .describedAs("How often a card was used.")
          .dimension(Entity.named("card").by("cardId"))
          .reads(new EventType("PAYMENT", "payments", EventFormat.reference()).carrying("cardId"))
          .lateness(Duration.ofDays(1))
          .over(Window.lifetime(), count())
          .build();

  @TempDir private Path folder;

  private RedisServer server;
  private Redis redis;
  private DynamoDbEmulator emulator;
  private DynamoDbClient client;
  private DynamoDbArchive archive;
  private int events;

  @BeforeEach
  void start() throws IOException {
    server = RedisServer.start("state-store", Await.freePort(), "", folder);
    redis = Redis.at(server.url(), TIMEOUT);
    emulator = DynamoDbEmulator.start(Await.freePort(), "", ROOT, folder, Optional.empty());
    client = DynamoDbTables.connect(emulator.endpoint());
    DynamoDbTables.create(client, new TableDefinition(TABLE, HistoryTable.ID));
    archive = new DynamoDbArchive(client, TABLE, PAYMENTS, Metrics.NONE);
  }

  @AfterEach
  void stop() {
    client.close();
    emulator.close();
    redis.close();
    server.close();
  }

  @Test
  void aRunAfterRedisWasEmptiedGoesOnWhereTheOneBeforeEnded() {
    assertThat(pay("ann", "ann", "bob", "ann")).containsEntry("ann", 3.0);
    flush();
    server.clear();

    assertThat(pay("ann", "cid"))
        .containsEntry("ann", 4.0)
        .containsEntry("cid", 1.0)
        .doesNotContainKey("bob");
  }

  @Test
  void storesEveryEntityThatHasChangedAndNoOther() {
    List<String> cards = IntStream.range(0, 1_100).mapToObj(Integer::toString).toList();
    pay(cards.toArray(String[]::new));
    flush();
    Map<String, Archived> first = archive.read(cards);
    assertThat(first).containsOnlyKeys(Set.copyOf(cards));

    pay("7");
    flush();

    Map<String, Archived> second = archive.read(cards);
    assertThat(cards.stream().filter(each -> isNewer(second.get(each), first.get(each))))
        .containsExactly("7");
  }

  private static boolean isNewer(Archived one, Archived other) {
    return one.version() > other.version();
  }

  private void flush() {
    HistoryFlush.run(PAYMENTS, redis, archive, SETTINGS, CLOCK);
  }

  /** Pays with each card, in a function that starts; returns the counts by card. */
  private Map<String, Double> pay(String... cards) {
    Map<String, Double> counts = new HashMap<>();
    Aggregator function =
        new Aggregator(
            PAYMENTS,
            RedisStateStore.of(
                PAYMENTS, redis, SETTINGS.timeToLive(), 1 << 20, archive, Metrics.NONE),
            results -> keep(results, counts),
            letters -> new BitSet(),
            SETTINGS.timeToLive(),
            CLOCK,
            Metrics.NONE);
    List<StreamRecord> records = new ArrayList<>();
    for (String card : cards) {
      records.add(paid(card));
    }
    assertThat(function.process(records).firstUnfinished()).isEmpty();
    return counts;
  }

  private StreamRecord paid(String card) {
    String json =
        "{\"eventId\":\"e%d\",\"eventType\":\"PAYMENT\",\"occurredAt\":%d,\"cardId\":\"%s\"}"
            .formatted(events++, CLOCK.millis(), card);
    return new StreamRecord(
        "payments",
        "shard",
        Integer.toString(events),
        card,
        ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
  }

  private static BitSet keep(List<FeatureResult> results, Map<String, Double> counts) {
    results.forEach(result -> counts.put(result.key(), result.features().get(0).value()));
    return new BitSet();
  }
}
