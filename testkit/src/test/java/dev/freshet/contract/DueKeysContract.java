package dev.freshet.contract;

import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.state.DueKeys;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.PartitionRange;
import dev.freshet.state.StateStore;
import dev.freshet.testing.TestGroups;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every index of due keys does with ranges of partitions; each has a test that extends it. */
public abstract class DueKeysContract {

  private static final long MINUTE = 60_000;
  private static final int ENTITIES = 300;

  /** A state store, and the index that its steps update. */
  public record Indexed(StateStore store, DueKeys dueKeys) {}

  private final Map<String, Long> expected = new HashMap<>();
  private Indexed subject;

  /** Creates a store of a group that no other test uses. */
  protected abstract Indexed indexed(FeatureGroup group);

  @BeforeEach
  void stepManyEntities() {
    subject = indexed(TestGroups.onlyMinuteCount());
    Random random = new Random(11);
    for (int i = 0; i < ENTITIES; i++) {
      String entity = "entity" + i;
      long at = NOON + random.nextInt(50_000);
      expected.put(entity, at + MINUTE);
      subject.store().apply(step(entity, at), NOON + 50_000);
    }
  }

  private static List<KeyEvents> step(String entity, long at) {
    return List.of(new KeyEvents(entity, List.of(plain(entity, at))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 16})
  void eachEntityIsDueInItsOwnRangeAlone(int ranges) {
    for (PartitionRange range : PartitionRange.of(ranges)) {
      assertThat(due(subject.dueKeys().in(range))).isEqualTo(expectedIn(range));
    }
    assertThat(due(subject.dueKeys())).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 16})
  void theNextChangeIsThatOfTheRange(int ranges) {
    for (PartitionRange range : PartitionRange.of(ranges)) {
      OptionalLong first = expectedIn(range).values().stream().mapToLong(Long::longValue).min();
      assertThat(subject.dueKeys().in(range).next()).as("%s", range).isEqualTo(first);
    }
  }

  @Test
  void aRangeOfARangeIsTheLastOne() {
    PartitionRange half = new PartitionRange(1, 2);
    DueKeys narrow = subject.dueKeys().in(new PartitionRange(0, 2));
    assertThat(due(narrow.in(half))).isEqualTo(expectedIn(half));
  }

  @Test
  void settlingARangeLeavesTheOthers() {
    PartitionRange quarter = new PartitionRange(2, 4);
    DueKeys inRange = subject.dueKeys().in(quarter);
    inRange.settle(settled(inRange, NOON + 10 * MINUTE));

    assertThat(inRange.next()).isEmpty();
    expected.keySet().removeIf(quarter::contains);
    assertThat(due(subject.dueKeys())).isEqualTo(expected);
  }

  /** Recomputes the entities that are due. */
  private List<Settled> settled(DueKeys dueKeys, long nowMillis) {
    List<Settled> settled = new ArrayList<>();
    for (DueKey each : dueKeys.due(nowMillis, 10_000)) {
      List<KeyEvents> none = List.of(new KeyEvents(each.key(), List.of()));
      KeyState state = subject.store().apply(none, nowMillis).get(0);
      settled.add(new Settled(each.key(), state));
    }
    return settled;
  }

  private static Map<String, Long> due(DueKeys dueKeys) {
    Map<String, Long> due = new HashMap<>();
    dueKeys
        .due(NOON + 10 * MINUTE, 10_000)
        .forEach(each -> assertThat(due.put(each.key(), each.dueMillis())).isNull());
    return due;
  }

  private Map<String, Long> expectedIn(PartitionRange range) {
    Map<String, Long> inRange = new HashMap<>(expected);
    inRange.keySet().removeIf(entity -> !range.contains(entity));
    return inRange;
  }
}
