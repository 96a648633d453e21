package dev.freshet.state;

import dev.freshet.definition.Computation;
import dev.freshet.definition.FeatureGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Keeps the state on the heap: for replay, for tests, and as the model of the Redis store. */
public final class InMemoryStateStore implements StateStore {

  private final Supplier<InMemoryKey> newKey;
  private final Map<String, InMemoryKey> keys = new HashMap<>();

  public InMemoryStateStore(FeatureGroup group) {
    Computation computation = group.computation();
    newKey =
        computation instanceof Computation.OfLastEvents lastEvents
            ? () -> new InMemoryLastEvents(lastEvents.window().size())
            : () -> new InMemoryTimeline((Computation.OfTimeline) computation);
  }

  @Override
  public synchronized void apply(List<KeyEvents> changes, long nowMillis, Receiver receiver) {
    for (int i = 0; i < changes.size(); i++) {
      KeyEvents change = changes.get(i);
      InMemoryKey key = keys.computeIfAbsent(change.key(), unknown -> newKey.get());
      receiver.receive(i, key.apply(change.events(), nowMillis));
    }
  }
}
