package dev.freshet.fold;

/** A valid event of one entity, with the members that the fold of its feature group needs. */
public interface Occurrence {

  /** Stands for the value of an event without one. */
  long NO_VALUE = Long.MIN_VALUE;

  /** Unique per business event. */
  String eventId();

  /** The index of the event's type among the types that the group reads. */
  int type();

  /** Epoch milliseconds. */
  long occurredAtMillis();

  /** The item of a lifecycle that the event belongs to. */
  String itemId();

  /** The group's value in millionths, or {@link #NO_VALUE}. */
  long valueMicros();
}
