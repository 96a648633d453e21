package dev.freshet.quality.audit;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.quality.audit.Recomputation.Use;
import dev.freshet.state.EventOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Compares the served features of a group of one entity with those that its events give. */
final class GroupAudit {

  private static final Duration NOTHING_EXPIRES = Duration.ofMillis(Long.MAX_VALUE / 4);
  private static final String ABSENT = "absent";

  private final FeatureGroup group;
  private final AuditOptions options;
  private final Duration timeToLive;
  private final Duration kept;
  private final Comparability comparability;

  /**
   * @param group holds as many events of an entity as that of the function
   * @param timeToLive the setting ENTITY_TTL of the functions
   * @param kept how long the feature store keeps the features of the group
   */
  GroupAudit(
      FeatureGroup group,
      AuditOptions options,
      Duration timeToLive,
      Duration kept,
      Horizon horizon) {
    this.group = group;
    this.options = options;
    this.timeToLive = timeToLive;
    this.kept = kept;
    this.comparability = new Comparability(group, horizon);
  }

  /** One comparison: what is served, what is computed anew, and from what. */
  private record Scene(
      Served served, long readMillis, List<Use> uses, boolean[] comparable, Recomputation all) {

    boolean isOverdue() {
      return served.validUntilMillis() <= readMillis;
    }

    /** Returns whether a recomputation gives the served value, or gave it when it was computed. */
    boolean agrees(Recomputation computed, int feature) {
      String value = served.values()[feature];
      return value(computed, feature).equals(text(value))
          && (isOverdue() || Objects.equals(computed.now()[feature], value));
    }

    boolean agreesOnChange(Recomputation computed) {
      return served.validUntilOf(computed.nextChangeMillis()) == served.validUntilMillis();
    }

    boolean isWhole() {
      for (boolean each : comparable) {
        if (!each) {
          return false;
        }
      }
      return true;
    }

    int disagreements(Recomputation computed) {
      int number = isWhole() && !agreesOnChange(computed) ? 1 : 0;
      for (int i = 0; i < comparable.length; i++) {
        number += comparable[i] && !agrees(computed, i) ? 1 : 0;
      }
      return number;
    }

    String value(Recomputation computed, int feature) {
      return text(computed.values()[feature]);
    }
  }

  /** The recomputation that comes nearest to what is served. */
  private record Match(Recomputation computed, boolean lacksEvents, int disagreements) {}

  /**
   * Compares the features.
   *
   * @param arrived the events of the entity that the group can use, in any order
   * @param readMillis an instant just before the feature store was read
   */
  List<Finding> audit(Served served, List<ArrivedEvent> arrived, long readMillis) {
    List<ArrivedEvent> events = distinct(arrived);
    if (!served.isStored()) {
      return missing(events, readMillis);
    }
    List<Use> uses = uses(events, 0);
    Recomputation all = recompute(uses, new BitSet(), served, readMillis);
    boolean[] comparable = comparability.of(served, uses);
    Scene scene = new Scene(served, readMillis, uses, comparable, all);
    Match match = match(scene, events);
    List<Finding> findings = new ArrayList<>();
    Recomputation unaware = withLateEvents(scene);
    for (int i = 0; i < comparable.length; i++) {
      findings.add(finding(scene, match, unaware, i));
    }
    if (scene.isWhole()) {
      findings.add(ofChange(scene, match));
    }
    return findings;
  }

  private Finding finding(Scene scene, Match match, Recomputation unaware, int i) {
    Served served = scene.served;
    if (!scene.comparable[i]) {
      return finding(scene, scene.all, i, Cause.BEYOND_RETENTION, "older events may count");
    }
    if (!scene.agrees(match.computed, i)) {
      return isExcused(served)
          ? finding(scene, match.computed, i, Cause.BEYOND_RETENTION, "its group is incomplete")
          : finding(scene, match.computed, i, Cause.UNEXPLAINED, of(scene.uses.size()));
    }
    if (!Objects.equals(match.computed.now()[i], served.values()[i])) {
      return overdue(scene, match, i);
    }
    if (!scene.agrees(scene.all, i)) {
      return match.lacksEvents
          ? finding(scene, scene.all, i, Cause.IN_FLIGHT, "right without the newest events")
          : finding(scene, scene.all, i, Cause.LATE, "an event was nearly late");
    }
    return scene.value(unaware, i).equals(text(served.values()[i]))
        ? finding(scene, scene.all, i, Cause.EQUAL, "")
        : finding(scene, unaware, i, Cause.LATE, "right without late events");
  }

  /** Returns the finding of a value that was right, and has changed by time alone since. */
  private Finding overdue(Scene scene, Match match, int i) {
    long lag = scene.readMillis - scene.served.validUntilMillis();
    Cause cause = lag > options.lag().toMillis() ? Cause.UNEXPLAINED : Cause.LAG;
    String why = "a change was due " + lag + " ms before";
    return new Finding(
        group.features().get(i).name(),
        cause,
        text(scene.served.values()[i]),
        text(match.computed.now()[i]),
        why);
  }

  private Finding ofChange(Scene scene, Match match) {
    boolean agrees = scene.agreesOnChange(match.computed);
    Cause cause =
        agrees
            ? match.lacksEvents && !scene.agreesOnChange(scene.all) ? Cause.IN_FLIGHT : Cause.EQUAL
            : isExcused(scene.served) ? Cause.BEYOND_RETENTION : Cause.UNEXPLAINED;
    return new Finding(
        Served.VALID_UNTIL,
        cause,
        instant(scene.served.validUntilMillis()),
        instant(match.computed.nextChangeMillis()),
        agrees ? "" : of(scene.uses.size()));
  }

  /** Returns whether the values say of themselves that they may lack events. */
  private boolean isExcused(Served served) {
    return served.isIncomplete() && !comparability.horizon().isKnown();
  }

  private Finding finding(Scene scene, Recomputation computed, int i, Cause cause, String why) {
    Feature feature = group.features().get(i);
    return new Finding(
        feature.name(),
        cause,
        text(scene.served.values()[i]),
        scene.value(computed, i),
        why.isEmpty() ? why : why + ", at " + instant(scene.served.computedAtMillis()));
  }

  /** Looks for events without which the served values are right. */
  private Match match(Scene scene, List<ArrivedEvent> events) {
    Match best = new Match(scene.all, false, scene.disagreements(scene.all));
    List<Use> later = uses(events, options.inFlight().toMillis());
    boolean isNearlyLate = !later.equals(scene.uses);
    for (List<Use> uses : isNearlyLate ? List.of(scene.uses, later) : List.of(scene.uses)) {
      long recentFrom = scene.readMillis - options.inFlight().toMillis();
      Candidates candidates = new Candidates(uses, scene.served.computedAtMillis(), recentFrom);
      Iterator<BitSet> sets = candidates.excluded().iterator();
      while (best.disagreements > 0 && sets.hasNext()) {
        BitSet excluded = sets.next();
        Recomputation computed = recompute(uses, excluded, scene.served, scene.readMillis);
        int disagreements = scene.disagreements(computed);
        if (disagreements < best.disagreements) {
          best = new Match(computed, !excluded.isEmpty(), disagreements);
        }
      }
    }
    return best;
  }

  /** Computes the values that a replay gives, which knows of no late event. */
  private Recomputation withLateEvents(Scene scene) {
    List<Use> inTime =
        scene.uses.stream().map(each -> new Use(each.event(), kindsInTime(each.event()))).toList();
    return inTime.equals(scene.uses)
        ? scene.all
        : recompute(inTime, new BitSet(), scene.served, scene.readMillis);
  }

  private Recomputation recompute(List<Use> uses, BitSet excluded, Served served, long readMillis) {
    return Recomputation.of(
        group, timeToLive, uses, excluded, served.computedAtMillis(), readMillis);
  }

  /** Returns findings for values that should be there: the feature store has none of the group. */
  private List<Finding> missing(List<ArrivedEvent> events, long readMillis) {
    long settled = readMillis - options.inFlight().toMillis();
    List<Use> due =
        uses(events, 0).stream()
            .filter(each -> each.kinds() != 0 && each.event().assumedArrival() < settled)
            .toList();
    if (due.stream()
        .noneMatch(each -> each.event().assumedArrival() > readMillis - kept.toMillis())) {
      return List.of();
    }
    Recomputation computed =
        Recomputation.of(group, timeToLive, due, new BitSet(), readMillis, readMillis);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < computed.values().length; i++) {
      if (computed.values()[i] != null) {
        String name = group.features().get(i).name();
        String why = "the store has no values of the group; " + of(due.size());
        findings.add(new Finding(name, Cause.UNEXPLAINED, ABSENT, computed.values()[i], why));
      }
    }
    return findings;
  }

  /** Returns the events without duplicates, of which the first counts, oldest first. */
  private static List<ArrivedEvent> distinct(List<ArrivedEvent> arrived) {
    record Identity(String eventId, long occurredAtMillis) {}
    Set<Identity> seen = new HashSet<>();
    return arrived.stream()
        .sorted(Comparator.comparingLong(ArrivedEvent::arrivedMillis))
        .filter(
            each -> seen.add(new Identity(each.event().eventId(), each.event().occurredAtMillis())))
        .sorted(Comparator.comparing(ArrivedEvent::event, EventOrder.OLDEST_FIRST))
        .toList();
  }

  /** Returns the events with the kinds of state for which none was late some time after it came. */
  private List<Use> uses(List<ArrivedEvent> events, long delayMillis) {
    List<Use> uses = new ArrayList<>(events.size());
    for (ArrivedEvent each : events) {
      uses.add(
          new Use(
              each,
              each.hasArrival()
                  ? group.kindsFor(each.event(), each.arrivedMillis() + delayMillis, timeToLive)
                  : kindsInTime(each)));
    }
    return uses;
  }

  private long kindsInTime(ArrivedEvent each) {
    return group.kindsFor(each.event(), each.event().occurredAtMillis(), NOTHING_EXPIRES);
  }

  private static String of(int events) {
    return "computed from " + events + " events";
  }

  private static String text(String value) {
    return value == null ? ABSENT : value;
  }

  private static String instant(long millis) {
    return millis == Long.MAX_VALUE ? ABSENT : Instant.ofEpochMilli(millis).toString();
  }
}
