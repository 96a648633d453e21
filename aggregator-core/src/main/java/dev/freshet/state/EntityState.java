package dev.freshet.state;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.KindState;
import dev.freshet.fold.KindState.Outcome;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import dev.freshet.state.KeyState.Tally;

/**
 * The state of one entity of a feature group. Events, recalculation, replay and tests all use this
 * one fold.
 *
 * <p>It depends only on the set of events folded in and the instant that time was advanced to. Not
 * safe for use by several threads.
 */
public final class EntityState {

  private final FeatureGroup group;
  private final KindState[] parts;
  private long asOfMillis;

  private EntityState(FeatureGroup group, long nowMillis) {
    this.group = group;
    this.parts = new KindState[group.kinds().size()];
    this.asOfMillis = nowMillis;
  }

  /** Returns the empty state of an entity. */
  public static EntityState empty(FeatureGroup group, long nowMillis) {
    EntityState state = new EntityState(group, nowMillis);
    for (int i = 0; i < state.parts.length; i++) {
      state.parts[i] = group.kinds().get(i).empty(nowMillis);
    }
    return state;
  }

  /** Reads the output of {@link #write}, and advances it to an instant. */
  public static EntityState read(FeatureGroup group, SnapshotReader in, long nowMillis) {
    EntityState state = new EntityState(group, nowMillis);
    for (int i = 0; i < state.parts.length; i++) {
      state.parts[i] = group.kinds().get(i).read(in, nowMillis);
    }
    return state;
  }

  /** Writes the state. */
  public void write(SnapshotWriter out) {
    for (KindState part : parts) {
      part.write(out);
    }
  }

  /** Advances time; an instant that has passed changes nothing. */
  public void advanceTo(long nowMillis) {
    asOfMillis = Math.max(asOfMillis, nowMillis);
    for (KindState part : parts) {
      part.advanceTo(asOfMillis);
    }
  }

  /**
   * Folds an event in.
   *
   * @param kinds the kinds that use it, as {@link FeatureGroup#kindsFor} returns them
   * @return applied if one kind applied it, else duplicate if one had it already, else late
   */
  public Outcome fold(Event event, long kinds) {
    Outcome best = Outcome.LATE;
    for (int i = 0; i < parts.length; i++) {
      if (((kinds >> i) & 1) != 0) {
        Outcome outcome = parts[i].fold(event);
        best = outcome.compareTo(best) < 0 ? outcome : best;
      }
    }
    return best;
  }

  /** Returns the next instant at which a feature changes with no new event. */
  public long nextChangeMillis() {
    long next = StateKind.FOREVER;
    for (KindState part : parts) {
      next = Math.min(next, part.nextChangeMillis());
    }
    return next;
  }

  /** Returns the outcome of a step. */
  public KeyState toKeyState(long version, Tally tally, KeyState.Place place) {
    long newest = Long.MIN_VALUE;
    boolean isEmpty = true;
    int dropped = 0;
    for (KindState part : parts) {
      newest = Math.max(newest, part.newestMillis());
      isEmpty &= part.isEmpty();
      dropped += part.takeDropped();
    }
    return new KeyState(
        version,
        asOfMillis,
        newest,
        nextChangeMillis(),
        features(),
        tally.withDropped(dropped),
        isEmpty,
        place);
  }

  private FeatureValues features() {
    int width = 0;
    for (StateKind kind : group.kinds()) {
      width += kind.width();
    }
    FeatureValues computed = new FeatureValues(width);
    int start = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i].features(computed, start);
      start += group.kinds().get(i).width();
    }
    return group.inDeclaredOrder(computed);
  }

  /** Estimates the bytes of memory that it takes. */
  public long sizeBytes() {
    long bytes = 64;
    for (KindState part : parts) {
      bytes += part.sizeBytes();
    }
    return bytes;
  }
}
