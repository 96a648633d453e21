package dev.freshet.state;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The index of due instants on the heap, kept by every step as the one in Redis is: for test
 * drivers, which have one thread.
 */
public final class InMemoryDueKeys implements StateStore, DueKeys {

  private final StateStore store;
  private final Map<String, Long> due = new HashMap<>();
  private final Map<String, Long> versions = new HashMap<>();

  /** An index of what passes through to another store. */
  public InMemoryDueKeys(StateStore store) {
    this.store = store;
  }

  @Override
  public List<KeyState> apply(List<KeyEvents> changes, long nowMillis) {
    List<KeyState> states = store.apply(changes, nowMillis);
    for (int i = 0; i < states.size(); i++) {
      String key = changes.get(i).key();
      versions.put(key, states.get(i).version());
      if (!changes.get(i).events().isEmpty() && states.get(i) instanceof KeyState.Totals totals) {
        move(key, totals.validUntilMillis());
      }
    }
    return states;
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
      if (versions.get(each.key()) == each.version()) {
        move(each.key(), each.nextChange().orElse(KeyState.FOREVER));
      }
    }
  }
}
