package dev.freshet.definition;

import java.time.Duration;

/**
 * The look-back of status features: an item counts at t only if it was created in {@code (t −
 * length, t]}.
 *
 * @param length whole seconds, one second to seven days
 */
public record LookBack(Duration length) {

  public LookBack {
    TimeWindow.requireLength("look-back", length);
  }

  public static LookBack lookBack(Duration length) {
    return new LookBack(length);
  }

  @Override
  public String toString() {
    return "items of (t − " + label() + ", t]";
  }

  private String label() {
    return length.toSecondsPart() == 0 ? length.toMinutes() + "m" : length.toSeconds() + "s";
  }
}
