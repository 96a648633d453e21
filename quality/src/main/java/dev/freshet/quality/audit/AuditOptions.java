package dev.freshet.quality.audit;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The choice of what an audit compares, and the bounds of what it holds for explained.
 *
 * @param entities how many of each dimension are drawn; empty for all
 * @param groups the names of the feature groups to compare; empty for all
 * @param seed decides which entities are drawn
 * @param inFlight how long an event may take from its stream into the feature store
 * @param lag how long a change by time alone may take into the feature store
 * @param since reads only records that arrived then or later; empty for all
 * @param isComplete whether the events read are known to be all that ever occurred, whatever the
 *     retention of streams and {@code @complete_since} say
 * @param mostEvents how many events are held in memory; entities that need more are left out
 * @param deadline when to stop
 */
public record AuditOptions(
    OptionalInt entities,
    Set<String> groups,
    long seed,
    Duration inFlight,
    Duration lag,
    Optional<Instant> since,
    boolean isComplete,
    long mostEvents,
    Instant deadline) {

  public static final int USUAL_ENTITIES = 100;
  public static final Duration USUAL_IN_FLIGHT = Duration.ofMinutes(1);
  public static final Duration USUAL_LAG = Duration.ofMinutes(2);

  /** An event takes about this much memory. */
  private static final long BYTES_OF_EVENT = 400;

  public AuditOptions {
    groups = Set.copyOf(groups);
  }

  /** Returns the usual options: 100 entities of each dimension, in half of the memory. */
  public static AuditOptions usual(long seed) {
    return new AuditOptions(
        OptionalInt.of(USUAL_ENTITIES),
        Set.of(),
        seed,
        USUAL_IN_FLIGHT,
        USUAL_LAG,
        Optional.empty(),
        false,
        Runtime.getRuntime().maxMemory() / 2 / BYTES_OF_EVENT,
        Instant.MAX);
  }

  public AuditOptions entities(OptionalInt number) {
    return new AuditOptions(
        number, groups, seed, inFlight, lag, since, isComplete, mostEvents, deadline);
  }

  public AuditOptions groups(Set<String> names) {
    return new AuditOptions(
        entities, names, seed, inFlight, lag, since, isComplete, mostEvents, deadline);
  }

  public AuditOptions bounds(Duration ofEvents, Duration ofChanges) {
    return new AuditOptions(
        entities, groups, seed, ofEvents, ofChanges, since, isComplete, mostEvents, deadline);
  }

  public AuditOptions since(Optional<Instant> first) {
    return new AuditOptions(
        entities, groups, seed, inFlight, lag, first, isComplete, mostEvents, deadline);
  }

  public AuditOptions complete(boolean isKnown) {
    return new AuditOptions(
        entities, groups, seed, inFlight, lag, since, isKnown, mostEvents, deadline);
  }

  public AuditOptions until(Instant end) {
    return new AuditOptions(
        entities, groups, seed, inFlight, lag, since, isComplete, mostEvents, end);
  }

  /** Returns the groups to compare. */
  Stream<FeatureGroup> chosen(List<FeatureGroup> all) {
    return all.stream().filter(each -> groups.isEmpty() || groups.contains(each.name()));
  }

  /** Returns the streams that the groups to compare read. */
  public Set<String> streams(List<FeatureGroup> all) {
    return chosen(all)
        .flatMap(each -> each.eventTypes().stream())
        .map(EventType::stream)
        .collect(Collectors.toSet());
  }
}
