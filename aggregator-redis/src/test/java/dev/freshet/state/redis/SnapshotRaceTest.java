package dev.freshet.state.redis;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.change;
import static dev.freshet.testing.TestEvents.value;
import static dev.freshet.testing.TestGroups.heldMicros;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.KeyState;
import dev.freshet.testing.TestGroups;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Tests that a snapshot replaces only the records that it contains, even if others put snapshots
 * too.
 */
@Tag("containers")
@Timeout(60)
@Tag("verify")
class SnapshotRaceTest {

  private static final Redis REDIS = TestRedis.shared();
  private static final String KEY = "key";

  private final FeatureGroup group = TestGroups.heldValues(100);
  private final SlowFunction one = new SlowFunction(group, REDIS, KEY);
  private final SlowFunction other = new SlowFunction(group, REDIS, KEY);

  /** Without history, the step that makes a list is too early for a snapshot of its own. */
  @BeforeEach
  void makeTheList() {
    new SlowFunction(group, REDIS, KEY).step(KEY, NOON, event(0));
  }

  @Test
  void ofTwoFunctionsThatRaceForASnapshotOneWins() {
    one.step(KEY, NOON, events(1, 5));
    other.step(KEY, NOON, events(5, 7));
    assertThat(one.putSnapshot(1)).isTrue();
    assertThat(other.putSnapshot(1)).as("the snapshot of the loser").isFalse();
    assertThat(held()).isEqualTo(upTo(7));
    assertThat(length())
        .as("header, snapshot, the record that the winner did not know")
        .isEqualTo(3);
    assertThat(heldMicros(other.step(KEY, NOON, event(7)))).isEqualTo(upTo(8));
    assertThat(heldMicros(one.step(KEY, NOON, event(8)))).isEqualTo(upTo(9));
  }

  /** With history, the step that makes a list also puts a snapshot, of the same version. */
  @Test
  void theFirstSnapshotIsNotTakenForTheNewList() {
    REDIS.ask(commands -> commands.del(Lists.of(group, KEY)));
    one.step(KEY, NOON, event(0));
    other.step(KEY, NOON, event(1));
    assertThat(one.putSnapshot(1)).isTrue();
    new SlowFunction(group, REDIS, KEY).step(KEY, NOON, event(2));
    assertThat(other.putSnapshot(1)).isFalse();
    assertThat(held()).isEqualTo(upTo(3));
  }

  @Test
  void aLoserThatKnowsMoreLosesNothingOfIt() {
    one.step(KEY, NOON, events(1, 5));
    other.step(KEY, NOON, events(5, 7));
    one.step(KEY, NOON, events(7, 9));
    assertThat(other.putSnapshot(1)).isTrue();
    assertThat(one.putSnapshot(1)).isFalse();
    assertThat(held()).isEqualTo(upTo(9));
  }

  @Test
  void recordsAppendedDuringASnapshotStayAfterIt() {
    one.step(KEY, NOON, events(1, 3));
    other.step(KEY, NOON, event(3));
    other.step(KEY, NOON, event(4));
    assertThat(one.putSnapshot(1)).isTrue();
    assertThat(length()).isEqualTo(4);
    assertThat(held()).isEqualTo(upTo(5));
  }

  @Test
  void aFunctionWhoseCacheIsOlderThanTheSnapshotReadsItAnew() {
    one.step(KEY, NOON, events(1, 3));
    other.step(KEY, NOON, events(3, 6));
    assertThat(other.putSnapshot(1)).isTrue();
    other.step(KEY, NOON, event(6));
    assertThat(heldMicros(one.step(KEY, NOON, event(7)))).isEqualTo(upTo(8));
    assertThat(heldMicros(one.step(KEY, NOON, event(8)))).isEqualTo(upTo(9));
  }

  /** The records behind the snapshot are as many as the ones that the cache knows. */
  @Test
  void aCacheIsNotMistakenForTheListThatGrewBehindASnapshot() {
    one.step(KEY, NOON, event(1));
    other.step(KEY, NOON, event(2));
    assertThat(other.putSnapshot(1)).isTrue();
    for (int i = 3; i < 9; i++) {
      other.step(KEY, NOON, event(i));
    }
    assertThat(heldMicros(one.step(KEY, NOON, event(9)))).isEqualTo(upTo(10));
  }

  @Test
  void aFunctionGoesOnBehindItsOwnSnapshot() {
    one.step(KEY, NOON, events(1, 3));
    assertThat(one.putSnapshot(1)).isTrue();
    assertThat(heldMicros(one.step(KEY, NOON, event(3)))).isEqualTo(upTo(4));
    other.step(KEY, NOON, event(4));
    assertThat(heldMicros(one.step(KEY, NOON, event(5)))).isEqualTo(upTo(6));
    assertThat(one.putSnapshot(1)).isTrue();
    assertThat(length()).isEqualTo(2);
    assertThat(held()).isEqualTo(upTo(6));
  }

  /** It knows no record behind its snapshot that it could compare. */
  @Test
  void aFunctionThatKnowsASnapshotAloneFindsThatAnotherOneTookItsPlace() {
    one.step(KEY, NOON, events(1, 3));
    assertThat(one.putSnapshot(1)).isTrue();
    other.step(KEY, NOON, event(3));
    assertThat(other.putSnapshot(1)).isTrue();
    assertThat(heldMicros(one.step(KEY, NOON, event(4)))).isEqualTo(upTo(5));
    assertThat(one.putSnapshot(1)).isTrue();
    REDIS.ask(commands -> commands.del(Lists.of(group, KEY)));
    other.step(KEY, NOON, event(0));
    assertThat(heldMicros(one.step(KEY, NOON, event(1)))).as("of a new list").isEqualTo(upTo(2));
  }

  /** A replica has taken over that had the header, and not all records. */
  @Test
  void aSnapshotOfRecordsThatAreLostIsNotPut() {
    one.step(KEY, NOON, event(1));
    one.step(KEY, NOON, event(2));
    REDIS.ask(commands -> commands.ltrim(Lists.of(group, KEY), 0, 2));
    assertThat(one.putSnapshot(1)).isFalse();
    assertThat(held()).isEqualTo(upTo(1));
    assertThat(heldMicros(one.step(KEY, NOON, event(1)))).isEqualTo(upTo(2));
  }

  @Test
  void aSnapshotThatIsSentTwiceIsPutOnce() {
    one.step(KEY, NOON, events(1, 3));
    other.step(KEY, NOON, event(3));
    assertThat(one.putSnapshot(2)).as("what the second call tells").isFalse();
    assertThat(length()).isEqualTo(3);
    assertThat(held()).isEqualTo(upTo(4));
    assertThat(heldMicros(one.step(KEY, NOON, event(4)))).isEqualTo(upTo(5));
  }

  /** What a function without a cache reads. */
  private long[] held() {
    RedisStateStore fresh = RedisStateStore.of(group, REDIS, Duration.ofDays(90), 0, Metrics.NONE);
    KeyState state = fresh.apply(change(KEY), NOON).get(0);
    return heldMicros(state);
  }

  private long length() {
    return REDIS.ask(commands -> commands.llen(Lists.of(group, KEY)));
  }

  private static long[] upTo(int count) {
    return LongStream.range(0, count).toArray();
  }

  private static Event[] events(int from, int to) {
    return IntStream.range(from, to).mapToObj(SnapshotRaceTest::event).toArray(Event[]::new);
  }

  private static Event event(int number) {
    return value("e" + number, NOON + number, number);
  }
}
