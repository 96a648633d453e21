package dev.freshet.result;

import java.io.IOException;
import java.util.Locale;

/** The cause of a result. */
public enum Trigger {
  /** An event arrived. */
  EVENT,
  /** Time passed. */
  RECALCULATION;

  /** Returns the text in a result record. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns the trigger that a result record names.
   *
   * @throws IOException if no trigger has this name
   */
  static Trigger of(String text) throws IOException {
    for (Trigger trigger : values()) {
      if (trigger.text().equals(text)) {
        return trigger;
      }
    }
    throw new IOException("trigger must be event or recalculation");
  }
}
