package dev.freshet.state;

import dev.freshet.definition.FeatureGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * An index of due keys on the heap, updated by every step like the index in Redis. For test
 * drivers; not safe for use by several threads.
 */
public final class InMemoryDueKeys implements StateStore, DueKeys {

  private final StateStore store;
  private final boolean movesWithTime;
  private final Map<String, Long> due = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();

  /** Creates an index that passes each step to another store of the group. */
  public InMemoryDueKeys(FeatureGroup group, StateStore store) {
    this.movesWithTime = group.movesWithTime();
    this.store = store;
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
    return due.entrySet().stream()
        .filter(entry -> entry.getValue() <= nowMillis)
        .map(entry -> new DueKey(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public OptionalLong next() {
    return due.values().stream().mapToLong(Long::longValue).min();
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
