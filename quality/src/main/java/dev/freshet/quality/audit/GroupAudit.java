package dev.freshet.quality.audit;

import static dev.freshet.quality.audit.Comparison.text;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.quality.audit.Recomputation.Use;
import dev.freshet.state.EventOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares the served features of a group of one entity with those that its events give. */
final class GroupAudit {

  private static final Duration NOTHING_EXPIRES = Duration.ofMillis(Long.MAX_VALUE / 4);

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
    Comparison comparison = new Comparison(served, readMillis, comparability.of(served, uses));
    boolean isExhaustive = search(comparison, uses, readMillis);
    List<Use> later = uses(events, options.inFlight().toMillis());
    if (comparison.disagreements() > 0 && !later.equals(uses)) {
      isExhaustive &= search(comparison, later, readMillis);
    }
    List<Use> inTime =
        uses.stream().map(each -> new Use(each.event(), kindsInTime(each.event()))).toList();
    boolean isExcused = served.isIncomplete() && !comparability.horizon().isKnown();
    Recomputation all = recompute(uses, new BitSet(), served, readMillis);
    return new Verdicts(
            group,
            comparison,
            all,
            inTime.equals(uses) ? all : recompute(inTime, new BitSet(), served, readMillis),
            isExhaustive,
            isExcused,
            options.lag(),
            uses.size())
        .findings();
  }

  /** Looks for events without which the values are right; returns false if some were not tried. */
  private boolean search(Comparison comparison, List<Use> uses, long readMillis) {
    Served served = comparison.served();
    return new InFlightSearch(
            uses,
            readMillis - options.inFlight().toMillis(),
            excluded ->
                comparison.add(recompute(uses, excluded, served, readMillis), !excluded.isEmpty()))
        .run(served.eventTimeMillis());
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
    long keptSince = readMillis - kept.toMillis();
    if (due.stream().noneMatch(each -> each.event().assumedArrival() > keptSince)) {
      return List.of();
    }
    Recomputation computed =
        Recomputation.of(group, timeToLive, due, new BitSet(), readMillis, readMillis);
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < computed.values().length; i++) {
      if (computed.values()[i] != null) {
        findings.add(
            new Finding(
                group.features().get(i).name(),
                Cause.UNEXPLAINED,
                Comparison.ABSENT,
                text(computed.values()[i]),
                "the store has nothing of the group, but %d events arrived".formatted(due.size())));
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
}
