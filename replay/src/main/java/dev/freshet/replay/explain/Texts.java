package dev.freshet.replay.explain;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroup.Origin;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.Occurrence;
import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import dev.freshet.result.DecimalText;
import java.time.Duration;
import java.time.Instant;

/** Writes events and times for people. */
final class Texts {

  private Texts() {}

  static String time(long millis) {
    return Instant.ofEpochMilli(millis).toString();
  }

  static String days(Duration length) {
    return length.equals(Duration.ofDays(length.toDays()))
        ? length.toDays() + " days"
        : length.toString();
  }

  /** Returns a feature value, or {@code absent}. */
  static String value(FeatureValues values, int index) {
    return values.text(index) != null
        ? values.text(index)
        : values.isPresent(index) ? DecimalText.of(values.number(index)) : "absent";
  }

  /**
   * Returns an event's time, type if the group reads several, id, and the feature's input if it has
   * one.
   */
  static String of(FeatureGroup group, Origin origin, Occurrence event) {
    String type =
        group.eventTypes().size() == 1 ? "" : "  " + group.eventTypes().get(event.type()).name();
    return "%s%s  %s%s"
        .formatted(
            time(event.occurredAtMillis()),
            type,
            event.eventId(),
            origin
                .kind()
                .input(origin.index())
                .map(x -> input(x, group.columns(), event))
                .orElse(""));
  }

  private static String input(Input input, Columns columns, Occurrence event) {
    String x;
    if (input.isText()) {
      x = event.texts()[columns.texts().indexOf(input)];
    } else {
      int place = columns.place(columns.numbers().indexOf(input));
      double number = Columns.toDouble(input, event.numbers(), place);
      x = Double.isNaN(number) ? null : DecimalText.of(number) + input.unit();
    }
    return x == null ? "  no " + input : "  x = " + x;
  }
}
