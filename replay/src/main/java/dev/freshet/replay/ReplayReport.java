package dev.freshet.replay;

import dev.freshet.replay.events.EventTally;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;

/** Counts the events and rows of a replay, or of a part of it. */
public final class ReplayReport implements Serializable {

  private final EventTally events = new EventTally();
  private long duplicates;
  private long dropped;
  private long rows;

  /** Adds the report of another part. */
  public void add(ReplayReport part) {
    events.add(part.events);
    duplicates += part.duplicates;
    dropped += part.dropped;
    rows += part.rows;
  }

  void duplicate() {
    duplicates++;
  }

  void dropped(long number) {
    dropped += number;
  }

  /** Counts a row that was written. */
  public void row() {
    rows++;
  }

  /** Returns the counts of the events that were read. */
  public EventTally events() {
    return events;
  }

  /** Returns how many readings were left out, as the group had read the event before. */
  public long duplicates() {
    return duplicates;
  }

  /** Returns how many events and items were dropped, as their entity held too many. */
  public long dropped() {
    return dropped;
  }

  /** Returns the number of rows written. */
  public long rows() {
    return rows;
  }

  /** Returns the lines of the report for people. */
  public List<String> text() {
    List<String> text = events.text();
    text.set(
        0,
        String.format(
            Locale.ROOT,
            "%s; read %,d times by feature groups, %,d of these duplicates",
            text.get(0),
            events.readings(),
            duplicates));
    if (dropped > 0) {
      text.add(
          String.format(
              Locale.ROOT,
              "warning: %,d events or items were dropped, the oldest of entities that held too"
                  + " many: see holdingAtMost() of the feature groups",
              dropped));
    }
    return text;
  }
}
