package dev.freshet.operations.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.process.DynamoDbEmulator;
import dev.freshet.aws.emulator.process.DynamoDbTables;
import dev.freshet.aws.emulator.template.TableDefinition;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Recalculator;
import dev.freshet.event.Event;
import dev.freshet.fold.Coverage;
import dev.freshet.metrics.Metrics;
import dev.freshet.operations.backfill.LiveEvents;
import dev.freshet.operations.history.Cards.Payment;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultSink;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** A group with its function, a real Redis and an emulated DynamoDB. */
public final class HistoryScene implements AutoCloseable {

  public static final Duration TTL = Duration.ofDays(90);
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final long CACHE_BYTES = 16 << 20;

  public final FeatureGroup group;
  public final Redis redis = TestRedis.connect();
  public final HandClock clock;
  public final DynamoDbClient client;
  public final String table = "history-" + UUID.randomUUID();
  public final List<Payment> live = new ArrayList<>();
  private final Map<String, Long> arrived = new HashMap<>();
  public final Map<String, FeatureResult> published = new HashMap<>();
  private RedisStateStore function;

  public HistoryScene(FeatureGroup group, DynamoDbEmulator emulator) {
    this.group = group;
    redis.ask(commands -> commands.flushall());
    client = DynamoDbTables.connect(emulator.endpoint());
    DynamoDbTables.create(client, new TableDefinition(table, "id"));
    clock = new HandClock(System.currentTimeMillis());
    restart();
  }

  public static DynamoDbEmulator emulator(Path folder) throws IOException {
    return DynamoDbEmulator.start(
        TestRedis.freePort(), "--dynamodb-port", ROOT, folder, Optional.empty());
  }

  /** Starts the function anew. */
  public void restart() {
    function = RedisStateStore.of(group, redis, TTL, CACHE_BYTES, archive(), Metrics.NONE);
  }

  public Archive archive() {
    return new DynamoDbArchive(client, table, group, Metrics.NONE);
  }

  /** Lets the function process payments that arrive now. */
  public List<KeyState> arrive(Payment... payments) {
    Map<String, List<Event>> byCard = new LinkedHashMap<>();
    for (Payment each : payments) {
      byCard.computeIfAbsent(each.card(), unseen -> new ArrayList<>()).add(each.event());
      live.add(each);
      arrived.putIfAbsent(each.id(), clock.millis());
    }
    List<KeyEvents> steps = new ArrayList<>();
    byCard.forEach((card, events) -> steps.add(new KeyEvents(card, events)));
    return function.apply(steps, clock.millis());
  }

  /** Reads payments that arrived, as from streams. */
  public void readLive(Optional<Instant> since, Instant end, LiveEvents.Receiver receiver) {
    live.forEach(each -> receiver.receive(each.event(), arrived.get(each.id())));
  }

  public KeyState state(String card) {
    return function.apply(List.of(new KeyEvents(card, List.of())), clock.millis()).get(0);
  }

  /** Has all entities archived, and Redis forget them. */
  public void sleep() {
    recalculator(function).recalculate(live.stream().map(Payment::card).distinct().toList());
    forget("state:*");
  }

  /** Returns when a payment arrived. */
  public long arrivedMillis(Payment payment) {
    return arrived.get(payment.id());
  }

  /** Recalculates entities and publishes them, as the function does. */
  public void recalculate(List<String> cards) {
    recalculator(function).recalculate(cards);
  }

  /** Lets Redis lose keys. */
  public void forget(String pattern) {
    for (byte[] key : redis.<List<byte[]>>ask(commands -> commands.keys(pattern))) {
      redis.<Long>ask(commands -> commands.del(key));
    }
  }

  public RedisDueKeys index() {
    return new RedisDueKeys(group, redis, Duration.ofSeconds(10));
  }

  public BitSet publish(List<FeatureResult> results) {
    for (FeatureResult result : results) {
      published.merge(result.key(), result, (a, b) -> a.version() > b.version() ? a : b);
    }
    return new BitSet();
  }

  public Recalculator recalculator(RedisStateStore store) {
    return recalculator(store, archive(), this::publish);
  }

  public Recalculator recalculator(RedisStateStore store, Archive archive, ResultSink sink) {
    return new Recalculator(group, store, index(), archive, sink, clock, Metrics.NONE);
  }

  public static void write(Path file, List<Payment> payments) throws IOException {
    Files.write(file, payments.stream().map(Payment::json).toList());
  }

  /** Checks that a card has the features of payments, by definition, and that all is complete. */
  public void check(String card, List<Payment> all) {
    checkFeatures(card, all);
    assertThat(state(card).completeFromMillis()).as(card).isEqualTo(Coverage.ALWAYS);
  }

  /** Checks that a card has the features of payments, by definition. */
  public void checkFeatures(String card, List<Payment> all) {
    KeyState state = state(card);
    List<Payment> own = all.stream().filter(each -> each.card().equals(card)).toList();
    assertThat(features(state)).as(card).isEqualTo(Cards.features(own, state.asOfMillis()));
  }

  public Map<String, Double> features(KeyState state) {
    Map<String, Double> features = new LinkedHashMap<>();
    for (Feature each : group.features()) {
      int index = group.features().indexOf(each);
      if (state.features().isPresent(index)) {
        features.put(each.name(), state.features().number(index));
      }
    }
    return features;
  }

  @Override
  public void close() {
    client.close();
    redis.close();
  }
}
