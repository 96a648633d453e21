package dev.freshet.operations.events;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one JSON object says about where it goes and when it happened.
 *
 * @param type its type; empty if it has none that is text
 * @param stream the stream of its type; empty if its type is not known
 * @param times the times it carries, in the order of the text
 */
record EventLine(
    String text,
    Optional<String> type,
    Optional<String> stream,
    Optional<String> itemId,
    Optional<Instant> occurredAt,
    List<TimeMember> times) {

  /** The object with all its times moved; every other character stays as it is. */
  byte[] movedBy(long offsetMillis) {
    StringBuilder moved = new StringBuilder(text.length() + 8 * times.size());
    int copied = 0;
    for (TimeMember time : times) {
      OptionalLong target = time.movedBy(offsetMillis);
      if (target.isPresent()) {
        moved.append(text, copied, time.start()).append(time.json(target.getAsLong()));
        copied = time.end();
      }
    }
    return moved.append(text, copied, text.length()).toString().getBytes(StandardCharsets.UTF_8);
  }
}
