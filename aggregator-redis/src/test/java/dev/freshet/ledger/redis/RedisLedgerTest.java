package dev.freshet.ledger.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.LedgerSums;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Ledgers in a Redis of their own. */
@Tag("verify")
class RedisLedgerTest {

  private static final LedgerLine LINE = new LedgerLine("item-created", "shardId-1", "g");
  private static final long HOUR = Duration.ofHours(1).toMillis();

  private TestServer server;
  private Redis redis;
  private StoredLedgers stored;

  @BeforeEach
  void start() throws IOException {
    server = TestRedis.startServer();
    redis = server.connect(Duration.ofSeconds(5));
    stored = new StoredLedgers(redis);
  }

  @AfterEach
  void stop() {
    redis.close();
    server.stop();
  }

  @Test
  void entriesOfAFunctionAreAddedUp() {
    add(new RedisLedger(redis), "f", applied(LINE, 2));
    add(new RedisLedger(redis), "f", applied(LINE, 3));
    add(new RedisLedger(redis), "other", applied(LINE, 7));

    assertThat(stored.read()).extracting(LedgerSums::function).containsExactly("f", "other");
    assertThat(sums("f").count(LINE, Fate.IN)).isEqualTo(5);
    assertThat(sums("f").count(LINE, Fate.APPLIED)).isEqualTo(5);
    assertThat(sums("f").missing()).isEmpty();
    assertThat(stored.read().get(0).sinceMillis()).isGreaterThan(1_700_000_000_000L);
  }

  @Test
  void aClientThatIsClosedFailsTheEntryAndNotTheCaller() {
    Redis closed = server.connect(Duration.ofSeconds(5));
    RedisLedger ledger = new RedisLedger(closed);
    add(ledger, "f", applied(LINE, 2));
    closed.close();

    assertThat(ledger.add("f", applied(LINE, 3)).toCompletableFuture()).isCompletedExceptionally();
  }

  @Test
  void groupsMayHaveAnyNameAndUnknownFieldsAreLeftOut() {
    LedgerLine hostile = new LedgerLine("@arrived", "1", "a|b|\n|in");
    add(new RedisLedger(redis), "f", applied(hostile, 1));
    set("s|1|g|later", "4");
    set("nonsense", "4");
    assertThat(sums("f").count(hostile, Fate.APPLIED)).isEqualTo(1);
    assertThat(sums("f").missing()).isEmpty();
  }

  @Test
  void aLedgerThatWasResetBeginsAnewAndIsFoundAgain() {
    RedisLedger ledger = new RedisLedger(redis);
    add(ledger, "f", applied(LINE, 2));
    stored.reset();
    assertThat(sums("f").isEmpty()).isTrue();

    String unused = redis.ask(commands -> commands.flushall());
    add(ledger, "f", applied(LINE, 1));
    assertThat(sums("f").count(LINE, Fate.IN)).isEqualTo(1);
  }

  @Test
  void oldHoursAreForgotten() {
    LedgerEntry entry = applied(LINE, 1);
    for (int hour = 1; hour <= 3; hour++) {
      entry.addResult(LedgerLine.RESULTS, hour * HOUR, "g", Fate.IN);
      entry.addResult(LedgerLine.RESULTS, hour * HOUR, "g", Fate.PUBLISHED);
    }
    add(new RedisLedger(redis), "f", entry);

    stored.forgetHoursBefore(3);

    assertThat(sums("f").count(new LedgerLine("@results", "2", "g"), Fate.IN)).isZero();
    assertThat(sums("f").count(new LedgerLine("@results", "3", "g"), Fate.PUBLISHED)).isEqualTo(1);
    assertThat(sums("f").count(LINE, Fate.IN)).isEqualTo(1);
  }

  @Test
  void oneRedisThatIsBothStoresIsReadOnce() {
    add(new RedisLedger(redis), "f", applied(LINE, 2));
    assertThat(StoredLedgers.readBoth(redis, redis)).hasSize(1);
  }

  @Test
  void aServerThatIsDownTakesNothingAndTheWorkGoesOn() {
    Redis patient = server.connect(Duration.ofMillis(300));
    RedisLedger ledger = new RedisLedger(patient);
    add(ledger, "f", applied(LINE, 1));
    server.stop();
    assertThatThrownBy(() -> add(ledger, "f", applied(LINE, 2)))
        .hasRootCauseInstanceOf(Exception.class);
    new Ledger("f", ledger, line -> Metrics.NONE).add(applied(LINE, 2), true);
    patient.close();
  }

  @Test
  void manyFunctionsAddAtTheSameTime() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> tasks =
          IntStream.range(0, 400).mapToObj(i -> adding(new RedisLedger(redis), i % 4)).toList();
      for (Future<Void> each : threads.invokeAll(tasks)) {
        each.get();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(stored.read()).hasSize(4);
    assertThat(Stream.of("f0", "f1", "f2", "f3").map(this::sums))
        .allSatisfy(sums -> assertThat(sums.count(LINE, Fate.IN)).isEqualTo(300))
        .allSatisfy(sums -> assertThat(sums.missing()).isEmpty());
  }

  private static void add(RedisLedger ledger, String function, LedgerEntry entry) {
    ledger.add(function, entry).toCompletableFuture().join();
  }

  private static Callable<Void> adding(RedisLedger ledger, int function) {
    return () -> {
      add(ledger, "f" + function, applied(LINE, 3));
      return null;
    };
  }

  private void set(String field, String value) {
    boolean unused =
        redis.ask(
            commands ->
                commands.hset(
                    LedgerKeys.ledger("f"), field.getBytes(UTF_8), value.getBytes(UTF_8)));
  }

  private LedgerEntry sums(String function) {
    return stored.read().stream()
        .filter(each -> each.function().equals(function))
        .findFirst()
        .orElseThrow()
        .sums();
  }

  private static LedgerEntry applied(LedgerLine line, int number) {
    LedgerEntry entry = new LedgerEntry();
    entry.add(line, Fate.IN, number);
    entry.add(line, Fate.APPLIED, number);
    return entry;
  }
}
