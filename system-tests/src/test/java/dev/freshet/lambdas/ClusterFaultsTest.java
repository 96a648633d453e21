package dev.freshet.lambdas;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestReplicatedCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests a cluster that loses a master, moves slots and loses data, under load: every batch is done
 * or reported in bounded time, and the same connections recover.
 */
@Timeout(300)
@Tag("nightly")
@Tag("verify")
class ClusterFaultsTest {

  private static final Duration NODE_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  /** The time for a first call, loading the script, a second call, and the read after it. */
  private static final Duration BATCH_LIMIT = ANSWER_LIMIT.multipliedBy(4).plusMillis(500);

  /** After the fault has ended. */
  private static final Duration RECOVERY_LIMIT = Duration.ofSeconds(20);

  private TestReplicatedCluster cluster;
  private final List<Redis> connections = new ArrayList<>();
  private final List<Load> loads = new ArrayList<>();

  @BeforeEach
  void start() throws IOException {
    cluster = new TestReplicatedCluster(NODE_TIMEOUT);
    for (var group : List.of(CourierAcceptTimeHandler.FEATURES, CityDemandHandler.FEATURES)) {
      Redis redis = cluster.connect(ANSWER_LIMIT);
      connections.add(redis);
      loads.add(new Load(group, redis, loads.size()));
    }
    loads.forEach(load -> load.awaitDone(20));
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    for (Load load : loads) {
      load.stop();
    }
    connections.forEach(Redis::close);
    cluster.close();
  }

  @Test
  void aReplicaTakesOverFromAKilledMaster() throws InterruptedException {
    cluster.killMaster(0);
    long killed = System.nanoTime();
    cluster.awaitTakeOver(0);
    System.out.printf("taken over after %d ms%n", millisSince(killed));
    recovers();
    endLoad();
    sum(Load::replayUnfinished);
    System.out.printf(
        "%d events acknowledged, %d of them lost%n",
        sum(Load::acknowledged), sum(Load::replayAcknowledged));
    loads.forEach(Load::check);
  }

  @Test
  void slotsMoveWhileTheyAreWritten() throws InterruptedException {
    for (int partition = 0; partition < 64; partition += 4) {
      for (String group : List.of("courier_accept_time", "city_demand")) {
        cluster.moveSlotOf(("state:{" + group + "/" + partition + "}:").getBytes(UTF_8));
      }
    }
    recovers();
    endLoad();
    loads.forEach(
        load -> assertThat(load.longestBatch()).as("redirected").isLessThan(ANSWER_LIMIT));
    sum(Load::replayUnfinished);
    loads.forEach(Load::check);
    assertThat(sum(Load::replayAcknowledged)).as("events lost").isZero();
  }

  @Test
  void aMasterForgetsItsDataAndItsScripts() throws InterruptedException {
    cluster.flushMaster(1);
    recovers();
    endLoad();
    sum(Load::replayUnfinished);
    assertThat(sum(Load::replayAcknowledged)).as("events lost").isPositive();
    loads.forEach(Load::check);
  }

  @Test
  void aMasterThatHangsDelaysOnlyWhileItHangs() throws InterruptedException {
    cluster.pauseMaster(2, ANSWER_LIMIT.multipliedBy(2));
    recovers();
    endLoad();
    sum(Load::replayUnfinished);
    loads.forEach(Load::check);
    assertThat(sum(Load::replayAcknowledged)).as("events lost").isZero();
  }

  private void recovers() {
    long start = System.nanoTime();
    loads.forEach(load -> load.awaitDone(20));
    System.out.printf("recovered after another %d ms%n", millisSince(start));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(RECOVERY_LIMIT);
  }

  private void endLoad() throws InterruptedException {
    for (Load load : loads) {
      load.stop();
      System.out.println(load);
      assertThat(load.longestBatch()).as("longest batch").isLessThan(BATCH_LIMIT);
    }
  }

  private int sum(ToIntFunction<Load> count) {
    return loads.stream().mapToInt(count).sum();
  }

  private static long millisSince(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
  }
}
