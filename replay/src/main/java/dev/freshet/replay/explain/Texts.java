package dev.freshet.replay.explain;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Value;
import dev.freshet.event.Event;
import dev.freshet.result.DecimalText;
import java.time.Instant;

/** How events and times read. */
final class Texts {

  private static final double MICROS_PER_UNIT = 1e6;

  private Texts() {}

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  /** An event: when, what type if there are several, which, and its value if it has one. */
  static String of(FeatureGroup group, Event event) {
    String type =
        group.eventTypes().size() == 1 ? "" : "  " + group.eventTypes().get(event.type()).name();
    return "%s%s  %s%s"
        .formatted(time(event.occurredAtMillis()), type, event.eventId(), value(group, event));
  }

  private static String value(FeatureGroup group, Event event) {
    if (group.computation().value().isEmpty()) {
      return "";
    }
    if (!event.hasValue()) {
      return "  no " + group.computation().value().get();
    }
    String unit = group.computation().value().get() instanceof Value.Seconds ? " s" : "";
    return "  x = " + DecimalText.of(event.valueMicros() / MICROS_PER_UNIT) + unit;
  }
}
