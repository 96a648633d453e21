package dev.freshet.state;

import dev.freshet.definition.Computation;
import dev.freshet.event.Event;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.KeyState.Totals;
import dev.freshet.timeline.TimelineState;
import java.util.List;

/** The timeline of one key, on the heap. */
final class InMemoryTimeline implements InMemoryKey {

  private final Computation.OfTimeline computation;
  private final TimelineState state;
  private long version;

  InMemoryTimeline(Computation.OfTimeline computation) {
    this.computation = computation;
    this.state = new TimelineState(computation.timeline());
  }

  @Override
  public Totals apply(List<Event> events, long nowMillis) {
    state.advanceTo(nowMillis);
    int applied = 0;
    for (Event event : events) {
      TimelineEntry entry = TimelineEntry.of(computation, event);
      if (state.enter(entry.item(), entry.stage(), event.occurredAtMillis(), entry.weights())) {
        applied++;
      }
    }
    version = InMemoryKey.nextVersion(version, nowMillis);
    return new Totals(
        version,
        state.asOfMillis(),
        state.newestMillis(),
        state.validUntilMillis(),
        state.totals(),
        new Tally(applied, events.size() - applied, 0));
  }
}
