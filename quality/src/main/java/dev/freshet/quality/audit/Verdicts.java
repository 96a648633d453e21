package dev.freshet.quality.audit;

import static dev.freshet.quality.audit.Comparison.text;

import dev.freshet.definition.FeatureGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Says the cause of each difference.
 *
 * @param all the recomputation from all events that were not late
 * @param inTime the same from late ones too, as a replay counts them
 * @param isExhaustive whether all events that may be in flight were tried in all combinations
 * @param isExcused whether the values say of themselves that they may lack events
 * @param lag how long a change by time alone may take
 * @param events the number of events
 */
record Verdicts(
    FeatureGroup group,
    Comparison comparison,
    Recomputation all,
    Recomputation inTime,
    boolean isExhaustive,
    boolean isExcused,
    Duration lag,
    int events) {

  /** Returns the findings of the features, then that of the next change. */
  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < group.features().size(); i++) {
      findings.add(of(i));
    }
    if (comparison.isWhole()) {
      findings.add(ofChange());
    }
    return findings;
  }

  private Finding of(int i) {
    if (!comparison.isComparable(i)) {
      return finding(i, Cause.BEYOND_RETENTION, all, "older events may count");
    }
    if (!comparison.agrees(comparison.nearest(), i)) {
      return finding(i, unlike(comparison.wasSeen(i)), comparison.nearest(), from());
    }
    if (!Objects.equals(comparison.nearest().now()[i], comparison.served().values()[i])) {
      return overdue(i);
    }
    if (!comparison.agrees(all, i)) {
      return comparison.lacksEvents()
          ? finding(i, Cause.IN_FLIGHT, all, "right without the newest events")
          : finding(i, Cause.LATE, all, "right without an event that was nearly late");
    }
    return text(inTime.values()[i]).equals(comparison.value(i))
        ? finding(i, Cause.EQUAL, all, "")
        : finding(i, Cause.LATE, inTime, "right without late events");
  }

  /** Returns the cause of a value that the nearest recomputation does not give. */
  private Cause unlike(boolean wasSeen) {
    if (!isExhaustive && wasSeen) {
      return Cause.IN_FLIGHT;
    }
    return isExcused ? Cause.BEYOND_RETENTION : Cause.UNEXPLAINED;
  }

  /** Returns the finding of a value that was right, and has changed by time alone since. */
  private Finding overdue(int i) {
    long overdue = comparison.overdueMillis();
    return new Finding(
        group.features().get(i).name(),
        overdue > lag.toMillis() ? Cause.UNEXPLAINED : Cause.LAG,
        comparison.value(i),
        text(comparison.nearest().now()[i]),
        "a change was due " + overdue + " ms before");
  }

  private Finding ofChange() {
    Recomputation nearest = comparison.nearest();
    Cause cause =
        !comparison.agreesOnChange(nearest)
            ? unlike(comparison.wasChangeSeen())
            : comparison.agreesOnChange(all) ? Cause.EQUAL : Cause.IN_FLIGHT;
    return new Finding(
        Served.VALID_UNTIL,
        cause,
        instant(comparison.served().validUntilMillis()),
        instant(comparison.served().validUntilOf(nearest.nextChangeMillis())),
        from());
  }

  private Finding finding(int i, Cause cause, Recomputation computed, String why) {
    return new Finding(
        group.features().get(i).name(),
        cause,
        comparison.value(i),
        text(computed.values()[i]),
        why + ", at " + instant(comparison.served().computedAtMillis()));
  }

  private String from() {
    return "computed from " + events + " events";
  }

  private static String instant(long millis) {
    return millis == Long.MAX_VALUE ? Comparison.ABSENT : Instant.ofEpochMilli(millis).toString();
  }
}
