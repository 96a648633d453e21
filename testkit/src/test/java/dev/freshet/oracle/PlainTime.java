package dev.freshet.oracle;

import dev.freshet.definition.TimeWindow;
import dev.freshet.definition.Window;

/**
 * A length of time as a declaration writes it.
 *
 * @param unit s, m, h or d
 */
record PlainTime(long number, char unit) {

  /** Returns a length of whole seconds, in one of the units that divide it. */
  static PlainTime of(long seconds, int choice) {
    char[] units = {'s', 'm', 'h', 'd'};
    for (int i = choice % units.length; i > 0; i--) {
      long each = new PlainTime(1, units[i]).millis() / 1_000;
      if (seconds % each == 0) {
        return new PlainTime(seconds / each, units[i]);
      }
    }
    return new PlainTime(seconds, 's');
  }

  long millis() {
    return number
        * switch (unit) {
          case 's' -> 1_000L;
          case 'm' -> 60_000L;
          case 'h' -> 3_600_000L;
          default -> 86_400_000L;
        };
  }

  String label() {
    return "" + number + unit;
  }

  TimeWindow declared() {
    return switch (unit) {
      case 's' -> Window.seconds(number);
      case 'm' -> Window.minutes(number);
      case 'h' -> Window.hours(number);
      default -> Window.days(number);
    };
  }
}
