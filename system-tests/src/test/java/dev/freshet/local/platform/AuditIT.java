package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Catalogue;
import dev.freshet.featurestore.client.EntityKey;
import dev.freshet.local.process.RedisStore;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.quality.audit.Audit;
import dev.freshet.quality.audit.AuditOptions;
import dev.freshet.quality.audit.AuditReport;
import dev.freshet.quality.audit.Cause;
import dev.freshet.quality.audit.Difference;
import dev.freshet.quality.audit.StreamEvents;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import dev.freshet.testing.redis.CuttingGateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/**
 * Audits the whole platform after faults: events late, early, invalid and more than once in other
 * shards, while Redis cuts connections before and after its work, so that batches come again.
 */
@Tag("verify")
class AuditIT {

  private static final List<Garbage> GARBAGE = List.of(Garbage.values());
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final int PAGE = 40;

  @ParameterizedTest(name = "direct writes: {0}")
  @ValueSource(booleans = {false, true})
  void noValueIsUnexplainedUntilOneIsChanged(boolean direct) throws IOException {
    long seed = new Random().nextLong(1_000_000);
    Random random = new Random(seed);
    FaultyRedis state = new FaultyRedis(seed);
    FaultyRedis features = new FaultyRedis(seed + 1);
    try (TestPlatform platform = new TestPlatform(state, features, direct)) {
      state.begin();
      features.begin();
      put(platform.kinesis(), lines(seed, random), random);
      platform.awaitDone();
      state.end();
      features.end();
      platform.awaitDone();
      System.out.printf(
          "seed %d: connections cut %d times%n", seed, state.cuts() + features.cuts());

      AuditReport report = audit(platform);
      System.out.println(report.line());
      assertThat(report.differences())
          .as("seed %d", seed)
          .noneMatch(each -> each.cause() == Cause.UNEXPLAINED);
      assertThat(report.compared()).isGreaterThan(150);
      assertThat(report.count(Cause.BEYOND_RETENTION)).isZero();
      assertThat(state.cuts() + features.cuts()).isPositive();

      assertFoundIfChanged(platform);
    }
  }

  /** Changes a value, removes one, and gives an entity the values of another. */
  private static void assertFoundIfChanged(TestPlatform platform) {
    try (Redis store = Redis.at(platform.platform().featureStoreUrl(), ANSWER_TIMEOUT)) {
      set(store, "store", "0", "store_delivery_time:mean", "12.5");
      long removed =
          store.ask(
              commands ->
                  commands.hdel(
                      EntityKey.of("store", "1"), "store_preparation_time:p90".getBytes(UTF_8)));
      assertThat(removed).isOne();
      set(store, "courier", "k0", "courier_history:deliveries_lifetime", "999");
    }
    assertThat(audit(platform).differences())
        .filteredOn(each -> each.cause() == Cause.UNEXPLAINED)
        .extracting(Difference::entity, Difference::feature)
        .extracting(tuple -> tuple.toList().toString())
        .containsExactlyInAnyOrder(
            "[0, store_delivery_time:mean]",
            "[1, store_preparation_time:p90]",
            "[k0, courier_history:deliveries_lifetime]");
  }

  private static void set(Redis store, String dimension, String id, String field, String text) {
    boolean isNew =
        store.ask(
            commands ->
                commands.hset(
                    EntityKey.of(dimension, id), field.getBytes(UTF_8), text.getBytes(UTF_8)));
    assertThat(isNew).as(field).isFalse();
  }

  private static AuditReport audit(TestPlatform platform) {
    AuditOptions options =
        AuditOptions.usual(1)
            .entities(OptionalInt.empty())
            .complete(true)
            .bounds(Duration.ofSeconds(20), Duration.ofMinutes(2));
    var groups = Catalogue.load().groups();
    try (Redis store = Redis.at(platform.platform().featureStoreUrl(), ANSWER_TIMEOUT)) {
      return new Audit(
              groups,
              store,
              new StreamEvents(
                  platform.kinesis(), options.streams(groups), UnaryOperator.identity()),
              options,
              new Settings(name -> null),
              TestPlatform.CLOCK,
              pause -> LockSupport.parkNanos(pause.toNanos()))
          .run();
    }
  }

  /** Two days of orders, so that some are late for windows and for history, and some garbage. */
  private static List<String> lines(long seed, Random random) {
    long now = TestPlatform.CLOCK.millis();
    List<String> lines = new ArrayList<>();
    for (long hours : new long[] {5, 49}) {
      for (Arrival each : new RandomHistory(seed + hours, now - hours * 3_600_000L).arrivals(60)) {
        if (each.atMillis() < now) {
          lines.add(each.json());
        }
        if (random.nextInt(20) == 0) {
          lines.add(GARBAGE.get(random.nextInt(GARBAGE.size())).line(now));
        }
      }
    }
    return lines;
  }

  /** Puts every line once, twice or three times, into any shard of the stream of its type. */
  private static void put(KinesisClient kinesis, List<String> lines, Random random) {
    int keys = 0;
    for (int from = 0; from < lines.size(); from += PAGE) {
      for (String line : lines.subList(from, Math.min(lines.size(), from + PAGE))) {
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
          PutRecordsRequestEntry entry =
              PutRecordsRequestEntry.builder()
                  .partitionKey("k" + ++keys)
                  .data(SdkBytes.fromString(line, UTF_8))
                  .build();
          var answer = kinesis.putRecords(call -> call.streamName(stream(line)).records(entry));
          assertThat(answer.failedRecordCount()).isZero();
        }
      }
    }
  }

  private static String stream(String line) {
    return line.contains("\"eventType\":\"ORDER_") && !line.contains("ORDER_CREATED")
        ? line.replaceAll("(?s).*\"ORDER_([A-Z]+)\".*", "order-$1").toLowerCase(Locale.ROOT)
        : "order-created";
  }

  /** A Redis whose connections are cut now and then, before a request or its answer passes. */
  private static final class FaultyRedis implements RedisStore {

    private final SingleRedis server = new SingleRedis();
    private final CuttingGateway gateway;

    FaultyRedis(long seed) throws IOException {
      String url = server.url();
      gateway = new CuttingGateway(Integer.parseInt(url.substring(url.lastIndexOf(':') + 1)), seed);
    }

    void begin() {
      gateway.cutOneOf(60);
    }

    void end() {
      gateway.cutOneOf(Integer.MAX_VALUE);
    }

    int cuts() {
      return gateway.cuts();
    }

    @Override
    public String url() {
      return gateway.url();
    }

    @Override
    public void clear() {
      server.clear();
    }

    @Override
    public void close() {
      try {
        gateway.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        server.close();
      }
    }
  }
}
