package dev.freshet.event;

import dev.freshet.fold.Occurrence;

/**
 * A valid event, with the members that one feature group needs.
 *
 * @param eventId unique per business event
 * @param type the index of the event's type in {@code FeatureGroup.eventTypes()}
 * @param occurredAtMillis epoch milliseconds
 * @param itemId the id of the item it belongs to
 * @param entity the entity id in the group's dimension
 * @param valueMicros the group's value in millionths (of a second, of an amount's unit), or {@link
 *     #NO_VALUE}
 */
public record Event(
    String eventId, int type, long occurredAtMillis, String itemId, String entity, long valueMicros)
    implements ParsedRecord, Occurrence {

  public boolean hasValue() {
    return valueMicros != NO_VALUE;
  }
}
