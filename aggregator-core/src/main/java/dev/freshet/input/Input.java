package dev.freshet.input;

import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import java.time.ZoneId;
import java.util.List;

/**
 * A number or a text that is taken from an event. An event without a member that an input needs has
 * no such input; a member of the wrong type makes the event invalid for the groups that need it.
 *
 * <p>Numbers are exact decimals: an integer, and the {@link #scale} that says how many of its
 * digits stand after the point.
 */
public sealed interface Input {

  /** The paths of the members that it is taken from. */
  List<String> paths();

  /** The digits after the point of a number, 0 to 9; 0 for a text. */
  default int scale() {
    return 0;
  }

  /** Returns whether it is a text, not a number. */
  default boolean isText() {
    return false;
  }

  /**
   * Returns whether a feature group whose value it is skips events without it. An event without an
   * amount still counts in windows.
   */
  default boolean isRequired() {
    return false;
  }

  /** The unit, for people to read, with a space in front; empty if it has none. */
  default String unit() {
    return "";
  }

  /** Takes a text of 1 to 256 characters, or an integer as text. */
  static Input text(String path) {
    return new Text(EventFormat.path(path));
  }

  /**
   * Takes a JSON number or a decimal text of magnitude up to 10¹², rounded half-even to 6 digits.
   */
  static Decimal decimal(String path) {
    return new Decimal(EventFormat.path(path), 6);
  }

  /** Takes a JSON number of magnitude below 10⁹, rounded half-even to 6 fraction digits. */
  static Input amount(String path) {
    return new Amount(EventFormat.path(path));
  }

  /** Takes 1 for {@code true} and 0 for {@code false}. */
  static Input flag(String path) {
    return new Flag(EventFormat.path(path));
  }

  /** Takes the seconds from one time of an event to another; an end before the start is invalid. */
  static Seconds seconds(String from, String to) {
    return new Seconds(EventFormat.path(from), EventFormat.path(to), false, null);
  }

  /** Takes the seconds from one time of an event to another, which may be earlier. */
  static Seconds signedSeconds(String from, String to) {
    return new Seconds(EventFormat.path(from), EventFormat.path(to), true, null);
  }

  /** Takes a time in epoch milliseconds. */
  static Instant instant(String path) {
    return new Instant(EventFormat.path(path), null);
  }

  /** Takes the hour of the event's time in a zone, 0 to 23. */
  static Input hourOfDay(ZoneId zone) {
    return new HourOfDay(zone);
  }

  /** Takes the day of the week of the event's time in a zone: 1, Monday, to 7, Sunday. */
  static Input dayOfWeek(ZoneId zone) {
    return new DayOfWeek(zone);
  }

  /** Takes 1 for events of a type, 0 for others. */
  static Input typeIs(TypeName type) {
    return new TypeIs(type.name());
  }

  /** See {@link #text}. */
  record Text(String path) implements Input {
    @Override
    public List<String> paths() {
      return List.of(path);
    }

    @Override
    public boolean isText() {
      return true;
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /** See {@link #decimal}. */
  record Decimal(String path, int scale) implements Input {

    private static final int MOST_DIGITS = 9;

    public Decimal {
      if (scale < 0 || scale > MOST_DIGITS) {
        throw new IllegalArgumentException(
            "the scale of decimal(\"%s\") must be 0 to %d: %d".formatted(path, MOST_DIGITS, scale));
      }
    }

    /** Returns the same input rounded to another number of fraction digits, 0 to 9. */
    public Decimal scale(int digits) {
      return new Decimal(path, digits);
    }

    @Override
    public List<String> paths() {
      return List.of(path);
    }

    @Override
    public String toString() {
      return scale == 6 ? path : path + " (" + scale + " digits)";
    }
  }

  /** See {@link #amount}. */
  record Amount(String path) implements Input {
    @Override
    public List<String> paths() {
      return List.of(path);
    }

    @Override
    public int scale() {
      return 6;
    }

    @Override
    public String toString() {
      return path;
    }
  }

  /** See {@link #flag}. */
  record Flag(String path) implements Input {
    @Override
    public List<String> paths() {
      return List.of(path);
    }

    @Override
    public String toString() {
      return path + " (1 or 0)";
    }
  }

  /**
   * See {@link #seconds} and {@link #signedSeconds}.
   *
   * @param time the unit of both times; null for that of the event format
   */
  record Seconds(String from, String to, boolean signed, TimeFormat time) implements Input {
    public Seconds {
      if (from.equals(to)) {
        throw new IllegalArgumentException(
            "seconds() from %s to itself are always 0: name two members".formatted(from));
      }
    }

    /** Returns the same input for times of another unit than that of the event format. */
    public Seconds in(TimeFormat unit) {
      return new Seconds(from, to, signed, unit);
    }

    @Override
    public List<String> paths() {
      return List.of(from, to);
    }

    @Override
    public int scale() {
      return 3;
    }

    @Override
    public boolean isRequired() {
      return true;
    }

    @Override
    public String unit() {
      return " s";
    }

    @Override
    public String toString() {
      return to + " − " + from + (signed ? " (signed seconds)" : " (seconds)");
    }
  }

  /**
   * See {@link #instant}.
   *
   * @param time its unit in events; null for that of the event format
   */
  record Instant(String path, TimeFormat time) implements Input {

    /** Returns the same input in another unit than that of the event format. */
    public Instant in(TimeFormat unit) {
      return new Instant(path, unit);
    }

    @Override
    public List<String> paths() {
      return List.of(path);
    }

    @Override
    public String unit() {
      return " ms";
    }

    @Override
    public String toString() {
      return path + " (time)";
    }
  }

  /** See {@link #hourOfDay}. */
  record HourOfDay(ZoneId zone) implements Input {
    @Override
    public List<String> paths() {
      return List.of();
    }

    @Override
    public String toString() {
      return "the hour of the event in " + zone;
    }
  }

  /** See {@link #dayOfWeek}. */
  record DayOfWeek(ZoneId zone) implements Input {
    @Override
    public List<String> paths() {
      return List.of();
    }

    @Override
    public String toString() {
      return "the day of the week of the event in " + zone;
    }
  }

  /** See {@link #typeIs}. */
  record TypeIs(String type) implements Input {
    @Override
    public List<String> paths() {
      return List.of();
    }

    @Override
    public String toString() {
      return "1 for " + type;
    }
  }
}
