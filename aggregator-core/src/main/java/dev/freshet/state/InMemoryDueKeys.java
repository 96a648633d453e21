package dev.freshet.state;

import dev.freshet.definition.FeatureGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * An index of due keys on the heap, updated by every step like the index in Redis. For test
 * drivers; not safe for use by several threads.
 */
public final class InMemoryDueKeys implements StateStore, DueKeys {

  private final StateStore store;
  private final boolean movesWithTime;
  private final PartitionRange range;
  private final Map<String, Long> due;
  private final Map<String, Long> versions;

  /** Creates an index that passes each step to another store of the group. */
  public InMemoryDueKeys(FeatureGroup group, StateStore store) {
    this(store, group.movesWithTime(), PartitionRange.ALL, new HashMap<>(), new HashMap<>());
  }

  private InMemoryDueKeys(
      StateStore store,
      boolean movesWithTime,
      PartitionRange range,
      Map<String, Long> due,
      Map<String, Long> versions) {
    this.store = store;
    this.movesWithTime = movesWithTime;
    this.range = range;
    this.due = due;
    this.versions = versions;
  }

  @Override
  public DueKeys in(PartitionRange other) {
    return new InMemoryDueKeys(store, movesWithTime, other, due, versions);
  }

  @Override
  public void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
    store.apply(
        changes,
        nowMillis,
        (index, state) -> {
          follow(changes.get(index), state);
          receiver.receive(index, state);
        });
  }

  private void follow(KeyEvents change, KeyState state) {
    versions.put(change.key(), state.version());
    if (!change.events().isEmpty() && movesWithTime) {
      long next = state.validUntilMillis();
      move(change.key(), next == KeyState.FOREVER ? state.asOfMillis() : next);
    }
  }

  private void move(String key, long changeMillis) {
    if (changeMillis == KeyState.FOREVER) {
      due.remove(key);
    } else {
      due.put(key, changeMillis);
    }
  }

  @Override
  public List<DueKey> due(long nowMillis, int most) {
    return inRange()
        .filter(entry -> entry.getValue() <= nowMillis)
        .map(entry -> new DueKey(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public OptionalLong next() {
    return inRange().mapToLong(Map.Entry::getValue).min();
  }

  private Stream<Map.Entry<String, Long>> inRange() {
    return due.entrySet().stream().filter(entry -> range.contains(entry.getKey()));
  }

  @Override
  public void settle(List<Settled> published) {
    for (Settled each : published) {
      if (versions.get(each.key()) == each.state().version()) {
        move(each.key(), each.state().validUntilMillis());
      }
    }
  }
}
