package dev.freshet.state.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestDurableRedis;
import dev.freshet.testing.redis.TestReplication;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures the acknowledged writes that Redis loses, and what limits the loss; prints a row for
 * each setting.
 *
 * <p>The network between master and replica breaks. Four seconds later the master dies and the
 * replica takes over.
 */
@Tag("nightly")
@Timeout(60)
@Tag("verify")
class ReplicationLossTest {

  private static final Duration CUT = Duration.ofSeconds(4);
  private static final Duration BEFORE = Duration.ofSeconds(2);
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  @Test
  void withoutSettingsAllWritesThatTheReplicaMissedAreLost() throws IOException {
    Outcome outcome = failOver("plain", 0);
    assertThat(outcome.refused()).isZero();
    assertThat(outcome.lost()).isEqualTo(outcome.whileCut()).isPositive();
  }

  @Test
  void minReplicasBoundsTheTimeInWhichEventsAreLost() throws IOException {
    Outcome outcome =
        failOver(
            "min-replicas-to-write 1, min-replicas-max-lag 1",
            0,
            "min-replicas-to-write 1",
            "min-replicas-max-lag 1");
    assertThat(outcome.refused()).as("batches").isPositive();
    assertThat(outcome.lost()).isEqualTo(outcome.whileCut()).isPositive();
  }

  @Test
  void nothingIsLostIfReplicasMustHaveIt() throws IOException {
    Outcome outcome = failOver("WAIT 1", 1);
    assertThat(outcome.refused()).as("batches").isPositive();
    assertThat(outcome.whileCut()).isZero();
    assertThat(outcome.lost()).isZero();
  }

  @Test
  void aServerWithoutAFileLosesAllWhenItDies() throws IOException {
    Outcome outcome = restart("no append-only file");
    assertThat(outcome.lost()).isEqualTo(outcome.acknowledged());
  }

  @ParameterizedTest
  @ValueSource(strings = {"everysec", "always"})
  void aServerWithAnAppendOnlyFileLosesNothingWhenItsProcessDies(String fsync) throws IOException {
    Outcome outcome = restart("appendfsync " + fsync, "appendonly yes", "appendfsync " + fsync);
    assertThat(outcome.lost()).isZero();
  }

  private record Outcome(int acknowledged, int whileCut, int refused, int lost) {

    Outcome printed(String setting) {
      System.out.printf(
          "%-50s %,7d acknowledged, %,6d of them while cut off; %3d batches refused; %,7d lost%n",
          setting, acknowledged, whileCut, refused, lost);
      return this;
    }
  }

  private static Outcome failOver(String name, int replicas, String... settings)
      throws IOException {
    AckedEvents events = new AckedEvents();
    try (TestReplication pair = new TestReplication(settings)) {
      int before;
      try (Redis master = Redis.at(pair.masterUrl(), TIMEOUT).replicatedTo(replicas)) {
        events.send(master, BEFORE);
        assertThat(events.refused()).isZero();
        before = events.acknowledged();
        pair.cut();
        events.send(master, CUT);
      }
      pair.failOver();
      try (Redis successor = Redis.at(pair.replicaUrl(), TIMEOUT)) {
        int all = events.acknowledged();
        return new Outcome(all, all - before, events.refused(), events.lostFrom(successor))
            .printed(name);
      }
    }
  }

  private static Outcome restart(String name, String... settings) throws IOException {
    AckedEvents events = new AckedEvents();
    try (TestDurableRedis server = new TestDurableRedis(settings)) {
      try (Redis redis = Redis.at(server.url(), TIMEOUT)) {
        events.send(redis, BEFORE);
      }
      server.killAndRestart();
      try (Redis redis = Redis.at(server.url(), TIMEOUT)) {
        return new Outcome(events.acknowledged(), 0, events.refused(), events.lostFrom(redis))
            .printed(name);
      }
    }
  }
}
