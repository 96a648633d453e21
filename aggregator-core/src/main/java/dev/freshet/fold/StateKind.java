package dev.freshet.fold;

import java.util.List;
import java.util.function.Function;

/**
 * A kind of state, as one feature group declares it: what is held of an entity's events, how it is
 * written, and which features follow.
 *
 * <p>A fold is a function of the set of events: their order, their batches and how often each comes
 * change nothing. A new kind is one package with an implementation of this interface and of {@link
 * KindState}; nothing else knows which kinds there are.
 */
public interface StateKind {

  /** The instant of what never changes by time alone. */
  long FOREVER = Long.MAX_VALUE;

  /** The number of features. */
  int width();

  /** Whether an event concerns this kind at all. */
  boolean takes(Occurrence event);

  /**
   * Whether an event came too late to be used. Asked once, when the event arrives: what was taken
   * then stays taken.
   *
   * @param timeToLiveMillis how long the state of an entity outlives its last write
   */
  boolean isLate(long occurredAtMillis, long nowMillis, long timeToLiveMillis);

  /** Whether features change as time passes, with no new event. */
  boolean movesWithTime();

  /**
   * An instant after {@code nowMillis} at which to look at the entity again because of an event: no
   * later than the first at which the event changes a feature by time alone. {@link #FOREVER} if
   * time changes nothing.
   */
  long lookAgainAt(Occurrence event, long nowMillis);

  /**
   * How long the state is needed after its last write.
   *
   * @param timeToLiveMillis how long the state of an entity outlives its last write
   */
  long outlivesMillis(long timeToLiveMillis);

  /** Whether ids of events are held. */
  boolean holdsEventIds();

  /** Whether items are held: the ids of orders. */
  boolean holdsItems();

  /** The state of an entity of which nothing is held, at an instant. */
  KindState empty(long nowMillis);

  /** Reads what {@link KindState#write} wrote, and moves it on to an instant. */
  KindState read(SnapshotReader in, long nowMillis);

  /** What decides the meaning of what is held, as text: equal if one can read the other's state. */
  String layout();

  /**
   * What events, or items, have to do with a feature.
   *
   * @param feature its index, from 0 on
   * @param events distinct ones that this kind takes, oldest first
   * @param at the instant asked for, and how long state outlives its last write
   * @param text describes an event for people
   */
  List<Part> explain(
      int feature, List<? extends Occurrence> events, Moment at, Function<Occurrence, String> text);

  /**
   * When a feature is explained.
   *
   * @param millis the instant
   * @param timeToLiveMillis how long the state of an entity outlives its last write
   */
  record Moment(long millis, long timeToLiveMillis) {}
}
