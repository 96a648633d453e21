package dev.freshet.featurestore.client;

import static dev.freshet.featurestore.client.Seating.COMPUTED_AT;
import static dev.freshet.featurestore.client.Seating.dish;
import static dev.freshet.featurestore.client.Seating.freshId;
import static dev.freshet.featurestore.client.Seating.rating;
import static dev.freshet.featurestore.client.Seating.row;
import static dev.freshet.featurestore.client.Seating.tips;
import static dev.freshet.featurestore.client.Seating.visits;
import static dev.freshet.featurestore.client.ServedRow.Source.ABSENT;
import static dev.freshet.featurestore.client.ServedRow.Source.OUTDATED;
import static dev.freshet.featurestore.client.ServedRow.Source.STORED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.redis.ForgetfulGateway;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of a feature service from a real Redis. */
@Tag("containers")
@Tag("verify")
class ServiceReaderTest {

  private static final OptionalLong NEVER = OptionalLong.empty();
  private static final Redis REDIS = TestRedis.shared();
  private static final FeatureStoreReader STORE = Seating.reader(TestRedis.url(), History.NONE);

  private final HandClock clock = new HandClock(COMPUTED_AT);
  private final ServiceReader seating = STORE.of(Seating.SERVICE, clock);

  @AfterAll
  static void disconnect() {
    STORE.close();
  }

  @Test
  void aRowHasTheFeaturesOfAllItsEntitiesInTheOrderOfTheService() {
    String table = freshId();
    String waiter = freshId();
    Seating.write(
        REDIS,
        visits(table, 3, NEVER),
        rating(table, new FeatureValue("mean", 4.25), dish("paella")),
        tips(waiter, 0.30000000000000004));

    ServedRow found = seating.read(row(table, waiter));

    assertThat(found.numbers()).containsExactly(3, 0.30000000000000004, 4.25, Double.NaN);
    assertThat(found.text(3)).isEqualTo("paella");
    assertThat(found.text(0)).isNull();
    assertThat(sources(found)).containsOnly(STORED);
    assertThat(found.age(2)).contains(new Age(COMPUTED_AT, NEVER, NEVER, false));
  }

  @Test
  void absentFeaturesHaveTheirDefaultsAndSaySo() {
    String table = freshId();
    Seating.write(REDIS, rating(table));

    ServedRow found = seating.read(row(table, freshId()));

    assertThat(found.numbers()).containsExactly(0, Double.NaN, Double.NaN, Double.NaN);
    assertThat(found.text(3)).isEqualTo("none");
    assertThat(sources(found)).containsOnly(ABSENT);
    assertThat(found.age(0)).isEmpty();
    assertThat(found.age(2)).as("the group knows the table").isPresent();
  }

  @Test
  void aValueThatTimeHasChangedIsToleratedForFiveMinutes() {
    String table = freshId();
    Seating.write(REDIS, visits(table, 3, OptionalLong.of(COMPUTED_AT + 1_000)));

    clock.set(COMPUTED_AT + 1_000 + 300_000);
    assertThat(seating.read(row(table, "w")).number(0)).isEqualTo(3);
    clock.set(COMPUTED_AT + 1_000 + 300_001);
    ServedRow old = seating.read(row(table, "w"));

    assertThat(old.number(0)).isZero();
    assertThat(old.source(0)).isEqualTo(OUTDATED);
    assertThat(old.age(0).orElseThrow().validUntil()).hasValue(COMPUTED_AT + 1_000);
  }

  @Test
  void aValueThatOnlyEventsChangeIsNeverTooOld() {
    String waiter = freshId();
    Seating.write(REDIS, tips(waiter, 2));

    clock.set(COMPUTED_AT + 86_400_000L * 365);

    assertThat(seating.read(row("t", waiter)).source(1)).isEqualTo(STORED);
  }

  @Test
  void anEntityOfManyRowsIsReadOnceAndAllRowsAtOnce() {
    String waiter = freshId();
    List<Map<String, String>> rows = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String table = freshId();
      Seating.write(REDIS, visits(table, i, NEVER));
      rows.add(row(table, waiter));
    }
    Seating.write(REDIS, tips(waiter, 2.5));
    seating.read(rows);
    long before = calls();

    List<ServedRow> found = seating.read(rows);

    assertThat(calls() - before).isEqualTo(201);
    for (int i = 0; i < rows.size(); i++) {
      assertThat(found.get(i).number(0)).isEqualTo(i);
      assertThat(found.get(i).number(1)).isEqualTo(2.5);
    }
  }

  /** Returns how many HMGET the server has executed. */
  private static long calls() {
    String stats = REDIS.ask(commands -> commands.info("commandstats"));
    return stats
        .lines()
        .filter(line -> line.startsWith("cmdstat_hmget:calls="))
        .mapToLong(line -> Long.parseLong(line.replaceAll(".*:calls=(\\d+),.*", "$1")))
        .sum();
  }

  @Test
  void aWideEntityIsReadAsAWholeUntilThatIsTooMuch() {
    ServiceReader wide = STORE.of(Seating.wide(60), clock);
    String table = freshId();
    Seating.write(REDIS, Seating.wideResult(table, 60), visits(table, 3, NEVER));
    long picked = calls();
    assertThat(wide.read(Map.of("table", table)).numbers())
        .containsExactly(IntStream.range(0, 60).asDoubleStream().toArray());
    assertThat(calls()).as("HMGET").isEqualTo(picked);

    String wider = freshId();
    Seating.write(REDIS, Seating.wideResult(wider, 400));
    picked = calls();
    for (int i = 0; i < 2; i++) {
      assertThat(wide.read(Map.of("table", wider)).numbers())
          .containsExactly(IntStream.range(0, 60).asDoubleStream().toArray());
    }
    assertThat(calls()).as("HMGET").isEqualTo(picked + 1);
    assertThat(wide.read(Map.of("table", freshId())).source(59)).isEqualTo(ABSENT);
  }

  @Test
  void futuresCompleteWithoutAThreadThatWaits() {
    String table = freshId();
    Seating.write(REDIS, visits(table, 3, NEVER));

    CompletableFuture<List<ServedRow>> found =
        seating.readAsync(
            List.of(row(table, "w")),
            task -> {
              throw new AssertionError("no history is asked");
            });

    assertThat(found.join().get(0).number(0)).isEqualTo(3);
    assertThat(seating.readAsync(List.of(), Runnable::run).join()).isEmpty();
  }

  @Test
  void virtualThreadsReadManyAtOnce() throws Exception {
    String table = freshId();
    Seating.write(REDIS, visits(table, 3, NEVER));
    ExecutorService threads = threads();
    try {
      List<Future<ServedRow>> found = new ArrayList<>();
      for (int i = 0; i < 2_000; i++) {
        found.add(threads.submit(() -> seating.read(row(table, freshId()))));
      }
      for (Future<ServedRow> each : found) {
        assertThat(each.get().number(0)).isEqualTo(3);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Virtual threads where Java has them. */
  private static ExecutorService threads() {
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      return Executors.newFixedThreadPool(16);
    }
  }

  @Test
  void aRowThatLacksAnEntityIsRejected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> seating.read(Map.of("table", "7")))
        .withMessage(
            "a row of feature service seating needs the id of a waiter: it has {table=7}, and needs"
                + " [table, waiter]");
  }

  @Test
  void aNumberThatIsATextInTheStoreFailsAndSaysWhich() {
    String table = freshId();
    Seating.write(REDIS, rating(table, new FeatureValue("mean", Double.NaN, "good")));

    assertThatExceptionOfType(FeatureStoreException.class)
        .isThrownBy(() -> seating.read(row(table, "w")))
        .withMessageContaining(
            "rating:mean of table '%s' is a text, 'good'; it was declared as a number", table);
    assertThat(seating.read(row(freshId(), "w")).number(0)).as("the connection goes on").isZero();
  }

  @Test
  void aKeyThatIsNoHashFailsAndTheNextReadIsFine() {
    String table = freshId();
    REDIS.ask(commands -> commands.set(EntityKey.of("table", table), new byte[0]));

    assertThatExceptionOfType(FeatureStoreException.class)
        .isThrownBy(() -> seating.read(row(table, "w")))
        .withMessageContaining("WRONGTYPE");
    assertThat(seating.read(row(freshId(), "w")).number(0)).isZero();
  }

  @Test
  void aServerThatHangsFailsReadsInTimeAndIsFoundAgain() throws IOException {
    TestServer server = TestRedis.startServer();
    try (FeatureStoreReader store =
        FeatureStoreReader.connect("redis://127.0.0.1:" + server.port())) {
      ServiceReader reader = store.of(Seating.SERVICE, clock);
      reader.read(row("t", "w"));
      server.suspend();
      assertThatExceptionOfType(FeatureStoreException.class)
          .isThrownBy(() -> reader.read(row("t", "w")))
          .withMessageContaining("no answer within PT2S");
      assertThat(reader.readAsync(List.of(row("t", "w")), Runnable::run))
          .failsWithin(Duration.ofSeconds(30))
          .withThrowableOfType(ExecutionException.class)
          .withCauseInstanceOf(FeatureStoreException.class);
      server.resume();
      assertThat(reader.read(row("t", "w")).number(0)).isZero();
    } finally {
      server.stop();
    }
  }

  @Test
  void aConnectionThatLeadsNowhereGivesWayToANewOne() throws IOException {
    int port = URI.create(TestRedis.url()).getPort();
    try (ForgetfulGateway gateway = new ForgetfulGateway(port);
        FeatureStoreReader store =
            FeatureStoreReader.connect(
                "redis://127.0.0.1:" + gateway.port(), History.NONE, Duration.ofSeconds(5))) {
      ServiceReader reader = store.of(Seating.SERVICE, clock);
      reader.read(row("t", "w"));
      gateway.forget();
      assertThatExceptionOfType(FeatureStoreException.class)
          .isThrownBy(() -> reader.read(row("t", "w")))
          .withMessageContaining("no answer within PT5S");
      assertThat(reader.read(row("t", "w")).number(0)).isZero();
    }
  }

  private static List<ServedRow.Source> sources(ServedRow row) {
    return IntStream.range(0, row.size()).mapToObj(row::source).toList();
  }
}
