package dev.freshet.authoring.scaffold;

import dev.freshet.definition.LastEvents;
import dev.freshet.definition.TimeWindow;
import dev.freshet.definition.Value;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values and windows of a declaration, as they are typed. */
final class Calls {

  static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([smhd])");

  private static final Map<String, String> UNITS =
      Map.of("s", "seconds", "m", "minutes", "h", "hours", "d", "days");

  private Calls() {}

  /** The number that is taken of each event: {@code from:to} seconds, or a member's amount. */
  static Call<Value> value(String text) {
    String[] members = text.strip().split(":", -1);
    if (members.length > 2 || members[0].isBlank() || members[members.length - 1].isBlank()) {
      throw new IllegalArgumentException(
          "a value is FROM:TO for the seconds between two times, or the MEMBER of an amount: '"
              + text
              + "'");
    }
    String factory = members.length == 2 ? "seconds" : "amount";
    return Call.of(Value.class, Value.class, factory, (Object[]) members);
  }

  static Call<LastEvents> lastEvents(int size) {
    return Call.of(LastEvents.class, LastEvents.class, "lastEvents", size);
  }

  /** A time window: {@code 90s}, {@code 5m}, {@code 24h}, {@code 7d}. */
  static Call<TimeWindow> timeWindow(String text) {
    Matcher length = LENGTH.matcher(text.strip());
    if (!length.matches()) {
      throw new IllegalArgumentException("a window is 90s, 5m, 24h or 7d, not '" + text + "'");
    }
    return Call.of(
        TimeWindow.class,
        TimeWindow.class,
        UNITS.get(length.group(2)),
        Integer.parseInt(length.group(1)));
  }
}
