package dev.freshet.fold;

import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A kind of state of a feature group: the part of an entity's events that it holds, how it is
 * written, and the features computed from it.
 *
 * <p>A fold depends only on the set of events, not on their order, their batches or how often each
 * arrives. To add a kind, write one package that implements this interface and {@link KindState},
 * and a window or status for declarations; nothing else names the kinds.
 */
public interface StateKind {

  /** The instant that stands for "never". */
  long FOREVER = Long.MAX_VALUE;

  /** The instant from which on state is complete that lacks its beginning for ever. */
  long NEVER_COMPLETE_MILLIS = Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

  /** The number of features. */
  int width();

  /** Returns the input of a feature, x in its formula; empty if it has none. */
  default Optional<Input> input(int feature) {
    return Optional.empty();
  }

  /** Returns the filter of the events that a feature sees; empty if it sees all. */
  default Optional<Filter> filter(int feature) {
    return Optional.empty();
  }

  /**
   * Returns the age in milliseconds at which a feature no longer sees an event, whatever comes
   * later; {@link #FOREVER} if it sees events of any age.
   */
  long seenMillis(int feature);

  /** Returns the greatest number of events that a feature sees; 0 if it sees all of its window. */
  default int seenEvents(int feature) {
    return 0;
  }

  /** Returns the items that it follows; empty if it follows none. */
  default Optional<StagedItems> items() {
    return Optional.empty();
  }

  /** Returns whether this kind uses such an event. */
  boolean takes(Occurrence event);

  /**
   * Returns whether an event arrived too late to be used. The engine asks once, when the event
   * arrives.
   *
   * @param timeToLiveMillis how long the state of an entity outlives its last write
   */
  boolean isLate(long occurredAtMillis, long nowMillis, long timeToLiveMillis);

  /** Returns whether features change as time passes, with no new event. */
  boolean movesWithTime();

  /**
   * Returns the instant after {@code nowMillis} at which to recalculate the entity because of an
   * event: no later than the first instant at which the event changes a feature by time alone, or
   * {@link #FOREVER} if time changes nothing.
   */
  long lookAgainAt(Occurrence event, long nowMillis);

  /**
   * Returns the milliseconds that state must be retained after its last write.
   *
   * @param timeToLiveMillis how long the state of an entity outlives its last write
   */
  long retentionMillis(long timeToLiveMillis);

  /** Returns whether the state must outlive Redis. */
  default boolean isArchived() {
    return false;
  }

  /** Returns whether the state holds event ids. */
  boolean holdsEventIds();

  /** Returns the same kind with another bound for the events, or items, that an entity holds. */
  StateKind holdingAtMost(int most);

  /** Returns the empty state of an entity at an instant. */
  KindState empty(long nowMillis);

  /** Reads the output of {@link KindState#write}, and advances it to an instant. */
  KindState read(SnapshotReader in, long nowMillis);

  /**
   * Returns what the state keeps, so that later declarations can read it.
   *
   * @param types the names of the event types of the group
   */
  KindSchema schema(List<String> types);

  /**
   * Returns the instant from which on no feature sees an event at or before another instant.
   * Windows over last events are left out, whatever their age.
   */
  long completeFromMillis(long sinceMillis);

  /**
   * Returns the events that this kind needs and an earlier declaration did not keep.
   *
   * @param present the schema of the group that this kind belongs to
   * @param untilMillis until when the earlier declaration was at work
   * @param aheadMillis how far ahead of the clock an event may be dated
   */
  Gap gap(StateSchema present, StateSchema old, long untilMillis, long aheadMillis);

  /**
   * The events that may be missing.
   *
   * @param windowsMillis events of windows before this instant may be missing; {@code
   *     Coverage.ALWAYS} if none is
   * @param lastMillis last events of any age before this instant may be missing, likewise
   */
  record Gap(long windowsMillis, long lastMillis) {}

  /**
   * Reads the state that a kind of the same name wrote for an earlier declaration, as events.
   *
   * @param old the earlier kind
   * @param into the state that the events go to, for what is no event any more
   */
  void translate(
      KindSchema old,
      SnapshotReader in,
      Translation translation,
      KindState into,
      Consumer<Occurrence> events);

  /**
   * Explains the part that events, or items, have in a feature value.
   *
   * @param feature the index of the feature, from 0
   * @param events distinct events that this kind uses, oldest first
   * @param at the instant in question
   * @param text describes an event for people
   */
  List<Part> explain(
      int feature, List<? extends Occurrence> events, Moment at, Function<Occurrence, String> text);

  /**
   * The moment at which a feature value is explained.
   *
   * @param millis the instant
   * @param rememberedFromMillis the time of the first event since the state of the entity last
   *     expired
   */
  record Moment(long millis, long rememberedFromMillis) {}
}
