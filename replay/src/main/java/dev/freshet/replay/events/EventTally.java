package dev.freshet.replay.events;

import dev.freshet.event.Rejection;
import java.io.IOException;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Counts the events of files by outcome. */
public final class EventTally implements Serializable {

  private static final double MOST_INVALID = 0.01;

  private final Map<String, Invalid> reasons = new TreeMap<>();
  private long section;
  private long read;
  private long skipped;
  private long invalid;
  private long readings;
  private long oldestMillis = Long.MAX_VALUE;
  private long newestMillis = Long.MIN_VALUE;

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

  /** Notes the time of an event that a group uses, or up to which there are no more events. */
  public void used(long occurredAtMillis) {
    oldestMillis = Math.min(oldestMillis, occurredAtMillis);
    newestMillis = Math.max(newestMillis, occurredAtMillis);
  }

  /**
   * Notes the reason of an invalid event; {@link #count} counts it.
   *
   * @param group the group that cannot use it; empty if it is invalid for all
   */
  public void invalid(Rejection rejection, String group, String file, Place place) {
    String forGroup = group.isEmpty() ? "" : ", for " + group;
    note(rejection.reason().name(), file, place, forGroup + ": " + rejection.detail());
  }

  /** Counts an event that was too large to hold. */
  public void setAside(RawEvent event, String file) {
    count(0, true);
    String size = String.format(Locale.ROOT, ": %,d bytes", event.size());
    note("over 1 MiB, set aside", file, event.place(), size);
  }

  private void note(String reason, String file, Place place, String detail) {
    reasons.merge(reason, new Invalid(section, file, place, detail, 1), Invalid::and);
  }

  /** Begins a section of the events: what is invalid in one of lesser number comes first. */
  public void begin(long section) {
    this.section = section;
  }

  /**
   * Adds the tally of another part. Of two first places of a reason, keeps that of the lesser
   * section; in one section, that of the lesser path.
   */
  public void add(EventTally part) {
    read += part.read;
    skipped += part.skipped;
    invalid += part.invalid;
    readings += part.readings;
    oldestMillis = Math.min(oldestMillis, part.oldestMillis);
    newestMillis = Math.max(newestMillis, part.newestMillis);
    part.reasons.forEach((reason, found) -> reasons.merge(reason, found, Invalid::and));
  }

  /** Returns the number of events, or of texts in place of one. */
  public long read() {
    return read;
  }

  /** Returns the time of the oldest event that a group uses. */
  public long oldestMillis() {
    return oldestMillis;
  }

  /** Returns the time of the newest event that a group uses, or that was noted besides. */
  public long newestMillis() {
    return newestMillis;
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

  /** Returns the counts, a line for each reason of invalid events, and a warning if need be. */
  public List<String> text() {
    List<String> text = new ArrayList<>(List.of(counts()));
    reasons().forEach(reason -> text.add("  " + reason));
    if (invalid > MOST_INVALID * read) {
      text.add(
          String.format(
              Locale.ROOT,
              "warning: %.1f %% of the events are invalid; look at the reasons, and correct them",
              100.0 * invalid / read));
    }
    return text;
  }

  private String counts() {
    return String.format(
        Locale.ROOT, "events: %,d, %,d invalid, %,d of no feature group", read, invalid, skipped);
  }

  private Stream<String> reasons() {
    return reasons.entrySet().stream()
        .map(
            each ->
                String.format(
                    Locale.ROOT,
                    "%,d %s, first %s",
                    each.getValue().count,
                    each.getKey(),
                    each.getValue()));
  }

  /** Returns {@link #text} if there are invalid events, or else nothing. */
  public List<String> problems() {
    return invalid > 0 ? text() : List.of();
  }

  /**
   * Checks that a group used an event.
   *
   * @throws IOException if none did; the message is one line that tells the reasons
   */
  public void requireAny() throws IOException {
    if (readings == 0) {
      String why = Stream.concat(Stream.of(counts()), reasons()).collect(Collectors.joining("; "));
      throw new IOException(
          "no event can be used (%s); check the files and the feature groups".formatted(why));
    }
  }

  /**
   * Checks that the events reach an instant.
   *
   * @param group whose seam it is
   * @throws IOException if none is so new; the message is one line
   */
  public void requireReached(String group, long seamMillis) throws IOException {
    requireAny();
    if (newestMillis < seamMillis) {
      throw new IOException(
          "the files end at %s, before the seam of %s, %s: add files up to it, or say --complete-until TIME if there were no events in between"
              .formatted(
                  Instant.ofEpochMilli(newestMillis), group, Instant.ofEpochMilli(seamMillis)));
    }
  }

  /** The number of events of a reason, and the place of the first. */
  private record Invalid(long section, String file, Place place, String detail, long count)
      implements Serializable {

    private static final Comparator<Invalid> ORDER =
        Comparator.comparingLong(Invalid::section)
            .thenComparing(Invalid::file)
            .thenComparing(Invalid::place);

    Invalid and(Invalid other) {
      Invalid first = ORDER.compare(this, other) <= 0 ? this : other;
      return new Invalid(first.section, first.file, first.place, first.detail, count + other.count);
    }

    @Override
    public String toString() {
      return file + " " + place + detail;
    }
  }
}
