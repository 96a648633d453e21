package dev.freshet.replay;

import dev.freshet.replay.events.EventTally;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What became of the events of a replay, or of a part of it. */
public final class ReplayReport implements Serializable {

  private final EventTally events = new EventTally();
  private long duplicates;
  private long rows;

  /** Adds the report of another part. */
  public void add(ReplayReport part) {
    events.add(part.events);
    duplicates += part.duplicates;
    rows += part.rows;
  }

  void duplicate() {
    duplicates++;
  }

  /** A row was written. */
  public void row() {
    rows++;
  }

  /** The events that were read. */
  public EventTally events() {
    return events;
  }

  /** Readings of an event that was read before, left out. */
  public long duplicates() {
    return duplicates;
  }

  /** Rows written. */
  public long rows() {
    return rows;
  }

  /** The report for people, a line each. */
  public List<String> text() {
    List<String> text = new ArrayList<>();
    text.add(
        String.format(
            Locale.ROOT,
            "%s; read %,d times by feature groups, %,d of these duplicates",
            events.counts(),
            events.readings(),
            duplicates));
    text.addAll(events.reasons());
    events.warning().ifPresent(text::add);
    return text;
  }
}
