package dev.freshet.input;

import java.math.BigDecimal;
import java.util.List;

/**
 * The inputs and filters that a feature group takes from each event, each once.
 *
 * <p>A number is an integer of its input's scale. An input of more than 6 fraction digits may not
 * fit into 64 bits, so it takes two places: whole units, and the digits after the point.
 *
 * @param numbers the numbers; an event has them in this order
 * @param texts the texts, the ids of items among them
 * @param filters the filters, at most 64
 */
public record Columns(List<Input> numbers, List<Input> texts, List<Filter> filters) {

  /** The columns of a group that takes nothing but ids and times. */
  public static final Columns NONE = new Columns(List.of(), List.of(), List.of());

  /** Stands for a number that an event does not have. */
  public static final long NO_VALUE = Long.MIN_VALUE;

  private static final int MOST_FILTERS = 64;
  private static final int MOST_DIGITS_IN_ONE = 6;

  /** Up to here every integer is a double. */
  private static final long EXACT = 1L << 53;

  private static final double[] POWERS = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9};

  public Columns {
    numbers = List.copyOf(numbers);
    texts = List.copyOf(texts);
    filters = List.copyOf(filters);
    if (filters.size() > MOST_FILTERS) {
      throw new IllegalArgumentException(
          "a feature group has at most %d different filters: %d"
              .formatted(MOST_FILTERS, filters.size()));
    }
  }

  /** Returns whether a number takes two places. */
  public static boolean isWide(Input number) {
    return number.scale() > MOST_DIGITS_IN_ONE;
  }

  /** Returns the first place of a number in the array of an event's numbers. */
  public int place(int number) {
    int place = 0;
    for (int i = 0; i < number; i++) {
      place += isWide(numbers.get(i)) ? 2 : 1;
    }
    return place;
  }

  public boolean hasFilters() {
    return !filters.isEmpty();
  }

  /** Returns the length of the array of an event's numbers. */
  public int width() {
    return place(numbers.size());
  }

  /** Returns what the integer of a number is divided by; all such divisors are exact. */
  public static double unit(Input number) {
    return POWERS[number.scale()];
  }

  /** Returns whether an integer is a double; its quotient with {@link #unit} is rounded once. */
  public static boolean isExact(long value) {
    return -EXACT <= value && value <= EXACT;
  }

  /**
   * Returns the double that is nearest to a number; NaN if it is absent.
   *
   * @param place its first place in {@code values}
   */
  public static double toDouble(Input number, long[] values, int place) {
    long value = values[place];
    if (value == NO_VALUE) {
      return Double.NaN;
    }
    if (isWide(number)) {
      return BigDecimal.valueOf(value)
          .add(BigDecimal.valueOf(values[place + 1], number.scale()))
          .doubleValue();
    }
    return isExact(value)
        ? value / POWERS[number.scale()]
        : BigDecimal.valueOf(value, number.scale()).doubleValue();
  }
}
