package dev.freshet.event;

import dev.freshet.fold.Occurrence;

/**
 * A valid event, with the inputs that one feature group takes from it.
 *
 * @param eventId unique per business event
 * @param type the index of the event's type in {@code FeatureGroup.eventTypes()}
 * @param occurredAtMillis epoch milliseconds
 * @param entity the entity id in the group's dimension
 * @param numbers the numbers of the group's {@code Columns}, {@link #NO_VALUE} where absent; not
 *     copied
 * @param texts the texts of the group's {@code Columns}, null where absent; not copied
 * @param filters the filters of the group's {@code Columns} that the event passes, one bit each
 */
public record Event(
    String eventId,
    int type,
    long occurredAtMillis,
    String entity,
    long[] numbers,
    String[] texts,
    long filters)
    implements ParsedRecord, Occurrence {

  /** The numbers of a group that takes none. */
  public static final long[] NO_NUMBERS = {};

  /** The texts of a group that takes none. */
  public static final String[] NO_TEXTS = {};
}
