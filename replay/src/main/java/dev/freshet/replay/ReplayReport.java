package dev.freshet.replay;

import dev.freshet.event.Reason;
import dev.freshet.event.Rejection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the events of a replay. */
public final class ReplayReport {

  private final Map<Reason, Invalid> reasons = new EnumMap<>(Reason.class);
  private long lines;
  private long skipped;
  private long invalid;
  private long readings;
  private long duplicates;
  private long rows;

  void line(int taken, boolean isInvalid) {
    lines++;
    readings += taken;
    invalid += isInvalid ? 1 : 0;
    skipped += taken == 0 && !isInvalid ? 1 : 0;
  }

  void invalid(Rejection rejection, String group, String file, long lineNumber) {
    reasons.computeIfAbsent(
            rejection.reason(),
            unseen ->
                new Invalid(
                    "%s line %d, for %s: %s"
                        .formatted(file, lineNumber, group, rejection.detail())))
        .count++;
  }

  void duplicate() {
    duplicates++;
  }

  void row() {
    rows++;
  }

  /** Lines that hold something. */
  public long lines() {
    return lines;
  }

  /** Lines that concern no group. */
  public long skipped() {
    return skipped;
  }

  /** Lines that one or more groups cannot use; other groups may have. */
  public long invalid() {
    return invalid;
  }

  /** Events as groups read them: one event of a store and a city is one of each group of both. */
  public long readings() {
    return readings;
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
            "events: %,d lines, %,d invalid, %,d of no feature group; read %,d times by feature"
                + " groups, %,d of these duplicates",
            lines,
            invalid,
            skipped,
            readings,
            duplicates));
    reasons.forEach(
        (reason, found) ->
            text.add(
                String.format(
                    Locale.ROOT, "  %,d %s, first %s", found.count, reason, found.first)));
    return text;
  }

  private static final class Invalid {
    private final String first;
    private long count;

    Invalid(String first) {
      this.first = first;
    }
  }
}
