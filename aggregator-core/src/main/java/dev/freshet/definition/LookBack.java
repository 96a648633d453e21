package dev.freshet.definition;

import java.time.Duration;

/**
 * The look-back of status features: an item counts at t only if its status began in {@code (t −
 * length, t]}.
 *
 * @param length whole seconds, one second to 366 days
 */
public record LookBack(Duration length) implements Window {

  public LookBack {
    TimeWindow.requireLength("look-back", length);
  }

  @Override
  public String ending() {
    return "";
  }

  @Override
  public String toString() {
    return "items of (t − " + label() + ", t]";
  }

  private String label() {
    return length.toSecondsPart() == 0 ? length.toMinutes() + "m" : length.toSeconds() + "s";
  }
}
