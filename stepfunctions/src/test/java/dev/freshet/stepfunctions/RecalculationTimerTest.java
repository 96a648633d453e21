package dev.freshet.stepfunctions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys;
import dev.freshet.state.PartitionRange;
import dev.freshet.testing.redis.TestRedis;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that each range of a group has an execution, and that their number may change. */
@Tag("verify")
class RecalculationTimerTest {

  private static final long NOON = Instant.parse("2026-09-21T12:00:00Z").toEpochMilli();
  private static final long MINUTE = 60_000;

  private static final Redis REDIS = TestRedis.shared();

  private Service service;

  @BeforeEach
  void clear() {
    REDIS.await(REDIS.pipeline(commands -> commands.flushall()));
    service = new Service(REDIS, NOON);
  }

  @Test
  void theOnlyRangeHasTheNamesThatTheGroupHasHad() {
    service.function(1).wakeFor(service.step(NOON + MINUTE, entity(0, 1)));
    assertThat(service.asleep.keySet()).singleElement().asString().matches("g-\\d{16}");
    assertThat(keys()).containsExactly("recalculation:g");
  }

  @Test
  void aBatchStartsAnExecutionForEachRangeThatItTouches() {
    service.function(4).wakeFor(service.step(NOON + MINUTE, entity(0, 4), entity(2, 4)));
    assertThat(service.ranges()).containsExactly(range(0, 4), range(2, 4));
    assertThat(service.asleep.keySet()).allMatch(name -> name.matches("g-[02]of4-\\d{16}"));
    assertThat(keys()).containsExactlyInAnyOrder("recalculation:g:0of4", "recalculation:g:2of4");
  }

  @Test
  void eachExecutionWakesForTheFirstChangeOfItsRange() {
    var changes = service.step(NOON + 5 * MINUTE, entity(0, 2));
    service.step(NOON + 3 * MINUTE, entity(1, 2));
    changes.add(entity(1, 2), NOON + 3 * MINUTE);
    service.function(2).wakeFor(changes);
    assertThat(service.asleep.values())
        .extracting(WakeUp::wakeAt)
        .containsExactly("2026-09-21T12:05:00Z", "2026-09-21T12:03:00Z");
  }

  @Test
  void anExecutionEndsWhenItsRangeHasNothingLeftThoughAnotherHas() {
    RecalculationTimer function = service.function(2);
    function.wakeFor(service.step(NOON + MINUTE, entity(0, 2)));
    function.wakeFor(service.step(NOON + 5 * MINUTE, entity(1, 2)));
    service.clock.set(NOON + MINUTE);
    service.lap(service.asleep.firstEntry().getKey(), function);
    assertThat(service.ranges()).containsExactly(range(1, 2));
  }

  @Test
  void theWatchdogReplacesTheDeadExecutionOfEachRange() {
    RecalculationTimer function = service.function(4);
    String[] all = IntStream.range(0, 4).mapToObj(i -> entity(i, 4)).toArray(String[]::new);
    function.wakeFor(service.step(NOON + MINUTE, all));
    List<String> dead = List.copyOf(service.asleep.keySet()).subList(1, 3);
    service.asleep.keySet().removeAll(dead);

    service.function(4).watch(service.dueKeys());

    assertThat(service.ranges()).containsExactlyElementsOf(PartitionRange.of(4));
    assertThat(service.asleep.keySet()).doesNotContainAnyElementsOf(dead);
  }

  @Test
  void theWatchdogLooksAtTheOtherRangesWhenOneFails() {
    service.step(NOON + MINUTE, entity(0, 4), entity(3, 4));
    DueKeys broken = new Failing(service.dueKeys(), range(1, 4));
    RecalculationTimer watchdog = service.function(4);
    assertThatIllegalStateException()
        .isThrownBy(() -> watchdog.watch(broken))
        .withMessage("broken");
    assertThat(service.ranges()).containsExactly(range(0, 4), range(3, 4));
  }

  @Test
  void anExecutionOfAnotherNumberGoesOnUntilOthersWakeForItsKeys() {
    service.function(1).wakeFor(service.step(NOON + MINUTE, entity(0, 4)));
    String old = service.asleep.firstEntry().getKey();
    service.step(NOON + 2 * MINUTE, entity(3, 4));
    service.clock.set(NOON + MINUTE);
    service.lap(old, service.function(4));
    assertThat(service.asleep.get(old).wakeAt()).isEqualTo("2026-09-21T12:02:00Z");

    service.function(4).watch(service.dueKeys());
    service.clock.set(NOON + 2 * MINUTE);
    service.due.clear();
    service.step(NOON + 5 * MINUTE, entity(3, 4));
    service.lap(old, service.function(4));
    assertThat(service.asleep.keySet()).doesNotContain(old);
    assertThat(keys()).doesNotContain("recalculation:g");
  }

  @Test
  void anExecutionThatWakesTooLateDoesNotReplaceOneOfAnotherNumber() {
    service.function(4).wakeFor(service.step(NOON + 60 * MINUTE, entity(3, 4)));
    service.function(1).wakeFor(service.step(NOON + MINUTE, entity(0, 4)));
    String old = execution(PartitionRange.ALL);
    service.clock.set(NOON + MINUTE);
    service.step(NOON + 3 * MINUTE, entity(3, 4));
    service.lap(old, service.function(4));
    assertThat(service.asleep.get(old).wakeAt()).isEqualTo("2026-09-21T12:03:00Z");
  }

  @Test
  void leasesOfAnotherNumberHideNothing() {
    service.function(1).wakeFor(service.step(NOON + MINUTE, entity(0, 4)));
    service.function(4).wakeFor(service.step(NOON + MINUTE, entity(0, 4)));
    service.function(2).watch(service.dueKeys());
    assertThat(service.ranges())
        .containsExactlyInAnyOrder(PartitionRange.ALL, range(0, 4), range(0, 2));
  }

  @Test
  void aLongNameIsCutInTheNamesOfExecutions() {
    String group = "a".repeat(128);
    assertThat(new Lease(REDIS, group, range(15, 16)).executionOf("1".repeat(16))).hasSize(80);
    assertThat(new Lease(REDIS, group, PartitionRange.ALL).executionOf("1".repeat(16)))
        .isEqualTo("a".repeat(63) + "-" + "1".repeat(16));
  }

  private String execution(PartitionRange range) {
    return service.asleep.entrySet().stream()
        .filter(each -> each.getValue().range().equals(range))
        .findFirst()
        .orElseThrow()
        .getKey();
  }

  /** Returns an entity of a range. */
  private static String entity(int index, int ranges) {
    return IntStream.iterate(0, i -> i + 1)
        .mapToObj(i -> "e" + i)
        .filter(range(index, ranges)::contains)
        .findFirst()
        .orElseThrow();
  }

  private static PartitionRange range(int index, int ranges) {
    return new PartitionRange(index, ranges);
  }

  private static List<String> keys() {
    return REDIS.<List<byte[]>>ask(commands -> commands.keys("*")).stream()
        .map(String::new)
        .toList();
  }

  /** An index of which one range cannot be read. */
  private record Failing(DueMap index, PartitionRange broken) implements DueKeys {
    @Override
    public DueKeys in(PartitionRange range) {
      return range.equals(broken) ? new Failing(index.in(range), range) : index.in(range);
    }

    @Override
    public List<DueKey> due(long nowMillis, int most) {
      throw new IllegalStateException("broken");
    }

    @Override
    public OptionalLong next() {
      throw new IllegalStateException("broken");
    }

    @Override
    public void settle(List<Settled> published) {}
  }
}
