package dev.freshet.replay;

import dev.freshet.event.Reason;
import dev.freshet.event.Rejection;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the events of a replay, or of a part of it. */
public final class ReplayReport implements Serializable {

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
            unseen -> new Invalid(file, lineNumber, "for " + group + ": " + rejection.detail()))
        .count++;
  }

  /** Adds the report of another part; of two firsts, that of the lesser file and line stays. */
  public void add(ReplayReport part) {
    lines += part.lines;
    skipped += part.skipped;
    invalid += part.invalid;
    readings += part.readings;
    duplicates += part.duplicates;
    rows += part.rows;
    part.reasons.forEach((reason, found) -> reasons.merge(reason, found, Invalid::and));
  }

  void duplicate() {
    duplicates++;
  }

  /** A row was written. */
  public void row() {
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
            text.add(String.format(Locale.ROOT, "  %,d %s, first %s", found.count, reason, found)));
    return text;
  }

  /** The lines of a reason, and where the first of them stands. */
  private static final class Invalid implements Serializable {

    private static final Comparator<Invalid> BY_PLACE =
        Comparator.<Invalid, String>comparing(each -> each.file).thenComparing(each -> each.line);

    private final String file;
    private final long line;
    private final String detail;
    private long count;

    Invalid(String file, long line, String detail) {
      this.file = file;
      this.line = line;
      this.detail = detail;
    }

    Invalid and(Invalid other) {
      Invalid first = BY_PLACE.compare(this, other) <= 0 ? this : other;
      Invalid both = new Invalid(first.file, first.line, first.detail);
      both.count = count + other.count;
      return both;
    }

    @Override
    public String toString() {
      return "%s line %d, %s".formatted(file, line, detail);
    }
  }
}
