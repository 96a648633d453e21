package dev.freshet.event;

/**
 * A valid event as one feature group sees it.
 *
 * @param eventId unique per business event
 * @param type the index of the event's type in {@code FeatureGroup.eventTypes()}
 * @param occurredAtMillis epoch milliseconds
 * @param orderId the order it belongs to
 * @param entity the id in the group's dimension
 * @param valueMicros the group's value in millionths (of a second, of an amount's unit), or {@link
 *     #NO_VALUE}
 */
public record Event(
    String eventId,
    int type,
    long occurredAtMillis,
    String orderId,
    String entity,
    long valueMicros)
    implements Judgement {

  /** The value of an event that carries none, where the group can do without. */
  public static final long NO_VALUE = Long.MIN_VALUE;

  public boolean hasValue() {
    return valueMicros != NO_VALUE;
  }
}
