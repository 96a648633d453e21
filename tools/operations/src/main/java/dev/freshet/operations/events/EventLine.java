package dev.freshet.operations.events;

import dev.freshet.event.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The destination and the times of one event.
 *
 * @param type its type; empty if it has none that is text
 * @param stream the stream of its type; empty if no stream has this type
 * @param times all its times, in the order of the text
 */
record EventLine(
    String text,
    Optional<String> type,
    Optional<String> stream,
    Optional<String> itemId,
    Optional<Instant> occurredAt,
    List<Time> times) {

  static final String OCCURRED_AT = "occurredAt";

  /**
   * A time in the text of an event.
   *
   * @param start index of the value's first character, the quotation mark included
   * @param end index after the value's last character
   * @param quoted whether the value is a string, not an integer
   */
  record Time(int start, int end, boolean quoted, long epochMillis) {

    /** Returns the moved time; empty if the functions could not read it in this form. */
    private OptionalLong movedBy(long offsetMillis) {
      long target = epochMillis + offsetMillis;
      long read = quoted ? Timestamps.within(target) : Timestamps.ofInteger(target);
      return read == Timestamps.UNPARSABLE ? OptionalLong.empty() : OptionalLong.of(read);
    }

    /** Returns another time as JSON of the same kind as this one. */
    private String json(long otherEpochMillis) {
      return quoted
          ? '"' + EventTimes.text(otherEpochMillis) + '"'
          : Long.toString(otherEpochMillis);
    }
  }

  /** Returns the event with all its times moved; every other character stays the same. */
  byte[] movedBy(long offsetMillis) {
    StringBuilder moved = new StringBuilder(text.length() + 8 * times.size());
    int copied = 0;
    for (Time time : times) {
      OptionalLong target = time.movedBy(offsetMillis);
      if (target.isPresent()) {
        moved.append(text, copied, time.start()).append(time.json(target.getAsLong()));
        copied = time.end();
      }
    }
    return moved.append(text, copied, text.length()).toString().getBytes(StandardCharsets.UTF_8);
  }
}
