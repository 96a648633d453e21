package dev.freshet.lastevents;

import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateKind;
import dev.freshet.transformation.Transformation;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;

/**
 * The kind of state that holds the newest events of an entity by ({@code occurredAt}, the bytes of
 * {@code eventId}), with their values. It does not depend on the clock.
 *
 * @param size the greatest number of events held
 * @param types the event types to hold, by their index in the group
 * @param transformations the features to compute from the values
 */
public record LastEventsKind(int size, BitSet types, List<Transformation> transformations)
    implements StateKind {

  public LastEventsKind {
    types = (BitSet) types.clone();
    transformations = List.copyOf(transformations);
  }

  @Override
  public int width() {
    return transformations.size();
  }

  @Override
  public boolean takes(Occurrence event) {
    return types.get(event.type()) && event.valueMicros() != Occurrence.NO_VALUE;
  }

  @Override
  public boolean isLate(long occurredAtMillis, long nowMillis, long timeToLiveMillis) {
    return occurredAtMillis < nowMillis - timeToLiveMillis;
  }

  @Override
  public boolean movesWithTime() {
    return false;
  }

  @Override
  public long lookAgainAt(Occurrence event, long nowMillis) {
    return FOREVER;
  }

  @Override
  public long retentionMillis(long timeToLiveMillis) {
    return timeToLiveMillis;
  }

  @Override
  public boolean holdsEventIds() {
    return true;
  }

  @Override
  public boolean holdsItems() {
    return false;
  }

  @Override
  public KindState empty(long nowMillis) {
    return new LastEventsState(this);
  }

  @Override
  public KindState read(SnapshotReader in, long nowMillis) {
    LastEventsState state = new LastEventsState(this);
    state.read(in);
    return state;
  }

  @Override
  public String layout() {
    return "last " + size + " of " + types;
  }

  @Override
  public List<Part> explain(
      int feature,
      List<? extends Occurrence> events,
      Moment at,
      Function<Occurrence, String> text) {
    return new LastEventsExplanation(size, at, text).of(events);
  }
}
