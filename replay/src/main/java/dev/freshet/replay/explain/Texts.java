package dev.freshet.replay.explain;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.Occurrence;
import dev.freshet.result.DecimalText;
import java.time.Duration;
import java.time.Instant;

/** Writes events and times for people. */
final class Texts {

  private static final double MICROS_PER_UNIT = 1e6;

  private Texts() {}

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  static String days(Duration length) {
    return length.equals(Duration.ofDays(length.toDays()))
        ? length.toDays() + " days"
        : length.toString();
  }

  /** Returns an event's time, type if the group reads several, id, and value if it has one. */
  static String of(FeatureGroup group, Occurrence event) {
    String type =
        group.eventTypes().size() == 1 ? "" : "  " + group.eventTypes().get(event.type()).name();
    return "%s%s  %s%s"
        .formatted(time(event.occurredAtMillis()), type, event.eventId(), value(group, event));
  }

  private static String value(FeatureGroup group, Occurrence event) {
    if (group.value().isEmpty()) {
      return "";
    }
    if (event.valueMicros() == Occurrence.NO_VALUE) {
      return "  no " + group.value().get();
    }
    return "  x = "
        + DecimalText.of(event.valueMicros() / MICROS_PER_UNIT)
        + group.value().get().unit();
  }
}
