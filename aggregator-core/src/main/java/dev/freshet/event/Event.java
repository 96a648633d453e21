package dev.freshet.event;

import dev.freshet.fold.Occurrence;

/**
 * A valid event as one feature group sees it.
 *
 * @param eventId unique per business event
 * @param type the index of the event's type in {@code FeatureGroup.eventTypes()}
 * @param occurredAtMillis epoch milliseconds
 * @param itemId the item it belongs to
 * @param entity the id in the group's dimension
 * @param valueMicros the group's value in millionths (of a second, of an amount's unit), or {@link
 *     #NO_VALUE}
 */
public record Event(
    String eventId, int type, long occurredAtMillis, String itemId, String entity, long valueMicros)
    implements Judgement, Occurrence {

  public boolean hasValue() {
    return valueMicros != NO_VALUE;
  }
}
