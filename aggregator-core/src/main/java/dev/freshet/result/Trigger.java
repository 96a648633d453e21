package dev.freshet.result;

import java.io.IOException;
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

  /**
   * The trigger that a result record names.
   *
   * @throws IOException if there is none of this name
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
