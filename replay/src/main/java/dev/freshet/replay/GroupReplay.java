package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.StateKind;
import dev.freshet.state.EntityState;
import java.time.Duration;

/** Replays one feature group of one entity. Computes features only when they are asked for. */
public final class GroupReplay {

  /** Stands for no instant; it is before all others. */
  static final long NEVER = Long.MIN_VALUE;

  private static final Duration NOTHING_EXPIRES = Duration.ofMillis(Long.MAX_VALUE / 4);

  private final FeatureGroup group;
  private final boolean movesWithTime;
  private final long timeToLiveMillis;

  /** Whether it sees events of any age, in a store that keeps them. */
  private final boolean isOfLifetime;

  private EntityState state;
  private FeatureValues features;
  private Event newest;
  private boolean stored;
  private long lastWriteMillis = NEVER;
  private long rememberedFromMillis = NEVER;
  private long dropped;

  /**
   * @param timeToLive how long the state of last events outlives its last write
   */
  public GroupReplay(FeatureGroup group, Duration timeToLive) {
    this.group = group;
    this.movesWithTime = group.movesWithTime();
    this.timeToLiveMillis = timeToLive.toMillis();
    this.isOfLifetime =
        group.kinds().stream()
            .filter(StateKind::isArchived)
            .anyMatch(kind -> kind.completeFromMillis(0) == StateKind.NEVER_COMPLETE_MILLIS);
  }

  int width() {
    return group.features().size();
  }

  /** Applies an event that is not older than the last one; returns false if it repeats that one. */
  boolean apply(Event event) {
    long atMillis = event.occurredAtMillis();
    return apply(event, atMillis, group.kindsFor(event, atMillis, NOTHING_EXPIRES));
  }

  /**
   * Applies an event that is not older than the last one.
   *
   * @param atMillis the instant up to which time passes: earlier than that of an event dated ahead
   * @param kinds those that use it, as {@link FeatureGroup#kindsFor} returns them
   * @return false if it repeats the last one
   */
  public boolean apply(Event event, long atMillis, long kinds) {
    if (newest != null
        && newest.occurredAtMillis() == event.occurredAtMillis()
        && newest.eventId().equals(event.eventId())) {
      return false;
    }
    if (isForgottenAt(atMillis)) {
      state = null;
      rememberedFromMillis = atMillis;
    }
    if (state == null) {
      state = EntityState.empty(group, atMillis);
    }
    newest = event;
    stored = true;
    lastWriteMillis = atMillis;
    state.advanceTo(atMillis);
    var unused = state.fold(event, kinds);
    dropped += state.takeDropped();
    features = null;
    return true;
  }

  /**
   * Returns whether the state has expired. It does not as long as an event is in a window, and that
   * of a lifetime never does.
   */
  private boolean isForgottenAt(long atMillis) {
    if (isOfLifetime || state == null || atMillis <= lastWriteMillis + timeToLiveMillis) {
      return false;
    }
    var unused = passTo(atMillis);
    return state.nextChangeMillis() == StateKind.FOREVER
        && atMillis > lastWriteMillis + timeToLiveMillis;
  }

  /**
   * Advances to an instant, and finds the last one until then at which a feature changed.
   *
   * @return that instant, or {@link #NEVER}
   */
  long passTo(long atMillis) {
    long changed = NEVER;
    while (mayChangeUntil(atMillis) && state.nextChangeMillis() <= atMillis) {
      changed = state.nextChangeMillis();
      lastWriteMillis = changed;
      advanceTo(changed);
    }
    advanceTo(atMillis);
    return changed;
  }

  /** Advances to an instant; does not look at those before. */
  public void advanceTo(long atMillis) {
    if (mayChangeUntil(atMillis)) {
      state.advanceTo(atMillis);
      features = null;
    }
  }

  private boolean mayChangeUntil(long atMillis) {
    return state != null && movesWithTime && state.asOfMillis() < atMillis;
  }

  boolean isStored() {
    return stored;
  }

  /**
   * Notes that the entity's hash in the feature store has expired; a lifetime is found elsewhere.
   */
  void expire() {
    stored &= isOfLifetime;
  }

  /**
   * Returns the next instant at which a feature changes with no new event; {@link
   * StateKind#FOREVER} if none does.
   */
  public long nextChangeMillis() {
    return state == null ? StateKind.FOREVER : state.nextChangeMillis();
  }

  /** Returns the features of the state; all are absent if nothing is stored. */
  public FeatureValues features() {
    if (!stored) {
      return new FeatureValues(width());
    }
    features = features == null ? state.features() : features;
    return features;
  }

  /**
   * Returns the time of the first event since the state last expired; {@link #NEVER} if none has.
   */
  long rememberedFromMillis() {
    return rememberedFromMillis;
  }

  long dropped() {
    return dropped;
  }
}
