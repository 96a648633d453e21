package dev.freshet.replay.events;

import dev.freshet.event.Rejection;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts the events of files by outcome. */
public final class EventTally implements Serializable {

  private static final double MOST_INVALID = 0.01;

  private final Map<String, Invalid> reasons = new TreeMap<>();
  private long read;
  private long skipped;
  private long invalid;
  private long readings;

  /**
   * Counts an event.
   *
   * @param taken the number of groups that use it
   * @param isInvalid whether one or more groups cannot use it, see {@link #invalid}
   */
  public void count(int taken, boolean isInvalid) {
    read++;
    readings += taken;
    invalid += isInvalid ? 1 : 0;
    skipped += taken == 0 && !isInvalid ? 1 : 0;
  }

  /** Notes the reason of an invalid event; {@link #count} counts it. */
  public void invalid(Rejection rejection, String group, String file, Place place) {
    note(rejection.reason().name(), file, place, ", for " + group + ": " + rejection.detail());
  }

  /** Counts an event that was too large to hold. */
  public void setAside(RawEvent event, String file) {
    count(0, true);
    String size = String.format(Locale.ROOT, ": %,d bytes", event.size());
    note("over 1 MiB, set aside", file, event.place(), size);
  }

  private void note(String reason, String file, Place place, String detail) {
    reasons.computeIfAbsent(reason, unseen -> new Invalid(file, place, detail)).count++;
  }

  /** Adds the tally of another part; keeps the earlier of two first places of a reason. */
  public void add(EventTally part) {
    read += part.read;
    skipped += part.skipped;
    invalid += part.invalid;
    readings += part.readings;
    part.reasons.forEach((reason, found) -> reasons.merge(reason, found, Invalid::and));
  }

  /** Returns the number of events, or of texts in place of one. */
  public long read() {
    return read;
  }

  /** Returns the number of events that no group uses. */
  public long skipped() {
    return skipped;
  }

  /** Returns the number of events that one or more groups cannot use; others may have used them. */
  public long invalid() {
    return invalid;
  }

  /** Returns how often groups used an event: an event of two groups counts twice. */
  public long readings() {
    return readings;
  }

  /** Returns the counts as a line. */
  public String counts() {
    return String.format(
        Locale.ROOT, "events: %,d, %,d invalid, %,d of no feature group", read, invalid, skipped);
  }

  /** Returns a line for each reason: how many events were invalid, and the first of them. */
  public List<String> reasons() {
    List<String> text = new ArrayList<>();
    reasons.forEach(
        (reason, found) ->
            text.add(String.format(Locale.ROOT, "  %,d %s, first %s", found.count, reason, found)));
    return text;
  }

  /** Returns a warning if more than one event in a hundred is invalid. */
  public Optional<String> warning() {
    if (invalid <= MOST_INVALID * read) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "warning: %.1f %% of the events are invalid; look at the reasons, and correct them",
            100.0 * invalid / read));
  }

  /** Returns the lines about invalid events; none if there are no such events. */
  public List<String> problems() {
    List<String> text = new ArrayList<>();
    if (invalid > 0) {
      text.add(counts());
      text.addAll(reasons());
      warning().ifPresent(text::add);
    }
    return text;
  }

  /**
   * Checks that a group used an event.
   *
   * @throws IOException if none did; the message is one line that tells the reasons
   */
  public void requireAny() throws IOException {
    if (readings == 0) {
      List<String> why = new ArrayList<>(List.of(counts()));
      reasons().forEach(reason -> why.add(reason.strip()));
      throw new IOException(
          "no event can be used (%s); check the files and the feature groups"
              .formatted(String.join("; ", why)));
    }
  }

  /** The number of events of a reason, and the place of the first. */
  private static final class Invalid implements Serializable {

    private static final Comparator<Invalid> BY_PLACE =
        Comparator.<Invalid, String>comparing(each -> each.file).thenComparing(each -> each.place);

    private final String file;
    private final Place place;
    private final String detail;
    private long count;

    Invalid(String file, Place place, String detail) {
      this.file = file;
      this.place = place;
      this.detail = detail;
    }

    Invalid and(Invalid other) {
      Invalid first = BY_PLACE.compare(this, other) <= 0 ? this : other;
      Invalid both = new Invalid(first.file, first.place, first.detail);
      both.count = count + other.count;
      return both;
    }

    @Override
    public String toString() {
      return file + " " + place + detail;
    }
  }
}
