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

/** What became of the events of files. */
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
   * @param taken how many groups read it
   * @param isInvalid whether one or more cannot, see {@link #invalid}
   */
  public void count(int taken, boolean isInvalid) {
    read++;
    readings += taken;
    invalid += isInvalid ? 1 : 0;
    skipped += taken == 0 && !isInvalid ? 1 : 0;
  }

  /** Notes why an event is invalid; it is counted besides. */
  public void invalid(Rejection rejection, String group, String file, Place place) {
    note(rejection.reason().name(), file, place, ", for " + group + ": " + rejection.detail());
  }

  /** Counts an event that is too large to be held. */
  public void setAside(RawEvent event, String file) {
    count(0, true);
    String size = String.format(Locale.ROOT, ": %,d bytes", event.size());
    note("over 1 MiB, set aside", file, event.place(), size);
  }

  private void note(String reason, String file, Place place, String detail) {
    reasons.computeIfAbsent(reason, unseen -> new Invalid(file, place, detail)).count++;
  }

  /** Adds the tally of another part; of two firsts, that of the lesser file and place stays. */
  public void add(EventTally part) {
    read += part.read;
    skipped += part.skipped;
    invalid += part.invalid;
    readings += part.readings;
    part.reasons.forEach((reason, found) -> reasons.merge(reason, found, Invalid::and));
  }

  /** Events, or what stood in their place. */
  public long read() {
    return read;
  }

  /** Events that concern no group. */
  public long skipped() {
    return skipped;
  }

  /** Events that one or more groups cannot use; other groups may have. */
  public long invalid() {
    return invalid;
  }

  /** Events as groups read them: one event of a store and a city is one of each group of both. */
  public long readings() {
    return readings;
  }

  /** The counts, in a line. */
  public String counts() {
    return String.format(
        Locale.ROOT, "events: %,d, %,d invalid, %,d of no feature group", read, invalid, skipped);
  }

  /** How many were invalid for which reason, and the first of each; a line each. */
  public List<String> reasons() {
    List<String> text = new ArrayList<>();
    reasons.forEach(
        (reason, found) ->
            text.add(String.format(Locale.ROOT, "  %,d %s, first %s", found.count, reason, found)));
    return text;
  }

  /** What a person should look at, if over one event in a hundred is invalid. */
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

  /** What a person should know of invalid events, a line each; nothing if there are none. */
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
   * Ends what would go on with nothing.
   *
   * @throws IOException if no event was read by any group; the message is one line that says why
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

  /** The events of a reason, and where the first of them stands. */
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
