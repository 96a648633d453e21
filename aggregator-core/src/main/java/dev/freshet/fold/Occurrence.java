package dev.freshet.fold;

import dev.freshet.input.Columns;

/** A valid event of one entity, with the inputs that the fold of its feature group needs. */
public interface Occurrence {

  /** Stands for a number that an event does not have. */
  long NO_VALUE = Columns.NO_VALUE;

  /** Unique per business event. */
  String eventId();

  /** The index of the event's type among the types that the group reads. */
  int type();

  /** Epoch milliseconds. */
  long occurredAtMillis();

  /** The numbers of the group's {@code Columns}, {@link #NO_VALUE} where absent. */
  long[] numbers();

  /** The texts of the group's {@code Columns}, null where absent. */
  String[] texts();

  /** The filters of the group's {@code Columns} that the event passes, one bit each. */
  long filters();
}
