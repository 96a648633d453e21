package dev.freshet.fold;

/** What state is folded from: a valid event of one entity, as its feature group sees it. */
public interface Occurrence {

  /** The value of an event that carries none. */
  long NO_VALUE = Long.MIN_VALUE;

  /** Unique per business event. */
  String eventId();

  /** The index of the event's type among the types that the group reads. */
  int type();

  /** Epoch milliseconds. */
  long occurredAtMillis();

  /** The item of a lifecycle that the event belongs to: an order. */
  String itemId();

  /** The group's value in millionths, or {@link #NO_VALUE}. */
  long valueMicros();
}
