package dev.freshet.benchmarks.soak;

import static dev.freshet.testing.TestEvents.SECOND;

import dev.freshet.featurestore.client.FeatureStoreReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The whole catalogue under steady traffic in real time, a turn a second or as soon as the one
 * before is done, while batches come twice, servers forget their scripts and connections break;
 * measured as it goes.
 */
final class Soak implements AutoCloseable {

  private static final long SEED = 20_261_124;

  /** In which seconds of how many something else happens. */
  private static final int TWICE = 5;

  private static final int TWICE_EVERY = 60;
  private static final int FLUSH = 7;
  private static final int FLUSH_EVERY = 300;
  private static final int KILL = 8;
  private static final int KILL_EVERY = 600;

  private static final int MEASURE_EVERY = 30;
  private static final int PRINT_EVERY = 60;

  private final Clock clock;
  private final long startMillis;
  private final int seconds;
  private final int measureEvery;
  private final SoakTraffic traffic;
  private final SoakPlatform platform;
  private final SoakProbe state;
  private final SoakProbe features;
  private final FeatureStoreReader reader;
  private final SampledEntities sampled;
  private final SoakRecord record = new SoakRecord();
  private int second;
  private long longestTurnNanos;

  /**
   * @param folder where events of sampled entities are kept until the end
   */
  Soak(
      String stateUrl,
      String featuresUrl,
      double ordersPerSecond,
      Duration duration,
      Path folder,
      Clock clock)
      throws IOException {
    this.clock = clock;
    this.startMillis = clock.millis();
    this.seconds = (int) duration.toSeconds();
    this.measureEvery = Math.max(1, Math.min(MEASURE_EVERY, seconds / 10));
    this.traffic = new SoakTraffic(SEED, ordersPerSecond, startMillis);
    this.platform = new SoakPlatform(stateUrl, featuresUrl, clock);
    this.state = new SoakProbe(stateUrl);
    this.features = new SoakProbe(featuresUrl);
    this.reader = FeatureStoreReader.connect(featuresUrl);
    this.sampled = new SampledEntities(folder);
  }

  /** Runs to the end; answers with what was measured. */
  SoakRecord run() throws IOException, InterruptedException, ExecutionException {
    for (int before = 0; before < seconds; before = second) {
      awaitSecond(before + 1);
      second = (int) ((clock.millis() - startMillis) / SECOND);
      turn(before);
      if (comes(0, measureEvery, before)) {
        measure(before);
      }
    }
    return record;
  }

  private void awaitSecond(int next) {
    long atMillis = startMillis + next * SECOND;
    for (long left = atMillis - clock.millis(); left > 0; left = atMillis - clock.millis()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(left));
    }
  }

  /** Whether what happens in one second of how many has come since the turn before. */
  private boolean comes(int in, int every, int before) {
    return Math.floorDiv(second - in, every) > Math.floorDiv(before - in, every);
  }

  private void turn(int before) throws IOException, InterruptedException, ExecutionException {
    long start = System.nanoTime();
    var events = traffic.until(clock.millis());
    sampled.keep(events);
    platform.turn(events, comes(TWICE, TWICE_EVERY, before), () -> harm(before));
    longestTurnNanos = Math.max(longestTurnNanos, System.nanoTime() - start);
  }

  private void harm(int before) {
    if (comes(FLUSH, FLUSH_EVERY, before)) {
      state.flushScripts();
      features.flushScripts();
    }
    if (comes(KILL, KILL_EVERY, before)) {
      state.killClients();
      features.killClients();
    }
  }

  private void measure(int before) throws IOException {
    record.add(
        SoakMeasurement.of(clock.millis(), traffic.orders(), platform.results(), state, features));
    if (comes(0, PRINT_EVERY, before) || second >= seconds) {
      System.out.printf("%5d s: %s%n", second, record.last());
    }
  }

  /** What was published is stored and right; answers how many entities and groups it compared. */
  int checkFeatures() throws IOException, InterruptedException, ExecutionException {
    long nowMillis = clock.millis();
    platform.settle();
    return sampled.check(reader, nowMillis);
  }

  /** Recalculates as if time had passed. */
  void passTime(Duration time) {
    platform.passTime(time);
  }

  /** How many keys with a prefix there are of groups that time moves. */
  int timelineKeys(String prefix) {
    return SoakPlatform.groups().stream()
        .filter(group -> group.movesWithTime())
        .mapToInt(group -> state.keys(prefix + ":{" + group.name() + "/*"))
        .sum();
  }

  long stateMemory() {
    return state.usedMemory();
  }

  SoakPlatform platform() {
    return platform;
  }

  /** What became of it, for people. */
  String summary() {
    return """
        seed %d, %d s, longest turn %d ms
        %,d orders, %,d transformations, %,d results (%,.0f a minute)
        %,d harmed records, %,d dead letters; %d batches came again, %d recalculations failed
        %s"""
        .formatted(
            SEED,
            second,
            TimeUnit.NANOSECONDS.toMillis(longestTurnNanos),
            traffic.orders(),
            platform.sum(SoakFunction::transformations),
            platform.results(),
            record.resultsPerMinute(),
            platform.sum(SoakFunction::harmed),
            platform.sum(SoakFunction::buried),
            platform.sum(SoakFunction::unfinished),
            platform.failedRecalculations(),
            record);
  }

  @Override
  public void close() throws IOException {
    platform.close();
    state.close();
    features.close();
    reader.close();
    sampled.close();
  }
}
