package dev.freshet.local.scaffold;

import dev.freshet.definition.TimeWindow;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Time windows as they are typed: {@code 90s}, {@code 5m}, {@code 1h}. */
final class WindowCalls {

  private static final Pattern LENGTH = Pattern.compile("([0-9]{1,6})([smh])");

  private WindowCalls() {}

  static Call<TimeWindow> of(String text) {
    Matcher length = LENGTH.matcher(text.strip());
    if (!length.matches()) {
      throw new IllegalArgumentException("a window is 90s, 5m or 1h, not '" + text + "'");
    }
    long number = Long.parseLong(length.group(1));
    if (length.group(2).equals("s")) {
      return call("seconds", number, TimeWindow.seconds(number));
    }
    long minutes = length.group(2).equals("h") ? 60 * number : number;
    return call("minutes", minutes, TimeWindow.minutes(minutes));
  }

  private static Call<TimeWindow> call(String method, long number, TimeWindow made) {
    return Call.of(TimeWindow.class, method, Long.toString(number), made);
  }
}
