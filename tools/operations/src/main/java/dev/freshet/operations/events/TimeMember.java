package dev.freshet.operations.events;

import dev.freshet.event.Timestamps;
import java.util.OptionalLong;

/**
 * A time inside the text of an event.
 *
 * @param start index of the value's first character, the quotation mark included
 * @param end index after the value's last character
 * @param quoted whether the value is a string, not an integer
 */
record TimeMember(int start, int end, boolean quoted, long epochMillis) {

  static final String OCCURRED_AT = "occurredAt";

  /** The time, moved; empty if the functions would not read it as it is then written. */
  OptionalLong movedBy(long offsetMillis) {
    long target = epochMillis + offsetMillis;
    long read = quoted ? Timestamps.within(target) : Timestamps.ofInteger(target);
    return read == Timestamps.UNPARSABLE ? OptionalLong.empty() : OptionalLong.of(read);
  }

  /** A value of the same kind as this one, as it stands in JSON. */
  String json(long otherEpochMillis) {
    return quoted ? '"' + EventTimes.text(otherEpochMillis) + '"' : Long.toString(otherEpochMillis);
  }
}
