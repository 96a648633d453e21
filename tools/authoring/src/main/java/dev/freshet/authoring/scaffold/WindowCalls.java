package dev.freshet.authoring.scaffold;

import dev.freshet.definition.TimeWindow;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time windows as they are typed: {@code 90s}, {@code 5m}, {@code 24h}, {@code 7d}. */
final class WindowCalls {

  static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([smhd])");

  private WindowCalls() {}

  static Call<TimeWindow> of(String text) {
    Matcher length = LENGTH.matcher(text.strip());
    if (!length.matches()) {
      throw new IllegalArgumentException("a window is 90s, 5m, 24h or 7d, not '" + text + "'");
    }
    long number = Long.parseLong(length.group(1));
    return switch (length.group(2)) {
      case "s" -> call("seconds", number, TimeWindow.seconds(number));
      case "m" -> call("minutes", number, TimeWindow.minutes(number));
      case "h" -> call("hours", number, TimeWindow.hours(number));
      default -> call("days", number, TimeWindow.days(number));
    };
  }

  private static Call<TimeWindow> call(String method, long number, TimeWindow made) {
    return Call.of(TimeWindow.class, method, Long.toString(number), made);
  }
}
