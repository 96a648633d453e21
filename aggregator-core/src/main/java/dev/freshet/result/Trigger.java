package dev.freshet.result;

import java.util.Locale;

/** What made a result come about. */
public enum Trigger {
  /** An event arrived. */
  EVENT,
  /** Time passed. */
  RECALCULATION;

  /** As it stands in a result record. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Trigger of(String text) {
    return text.equals(EVENT.text()) ? EVENT : RECALCULATION;
  }
}
