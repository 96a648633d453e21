package dev.freshet.quality.audit;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.quality.audit.DrawnEntities.Reading;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Compares features that are served with those that the events give.
 *
 * <p>Entities are drawn from the feature store and read; then the events are read, so that no value
 * has one that is not among them. The store moves on meanwhile: what differs is read again, with
 * the events since, and only what differs then counts.
 */
public final class Audit {

  /** The pauses before what differs is read again. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(10));

  /** Clocks of this process and of streams differ by less. */
  private static final Duration SKEW = Duration.ofSeconds(1);

  private static final int NAMED = 5;

  private final List<FeatureGroup> groups;
  private final DrawnEntities store;
  private final EventScan events;
  private final AuditOptions options;
  private final Settings settings;
  private final Clock clock;
  private final Consumer<Duration> sleeper;
  private final Map<EntityId, Map<FeatureGroup, List<Finding>>> findings = new LinkedHashMap<>();
  private final Set<String> leftOut = new LinkedHashSet<>();

  /**
   * @param all the feature groups of the catalogue
   * @param store the feature store, closed by the caller
   * @param settings those of the functions
   * @param sleeper waits
   */
  public Audit(
      List<FeatureGroup> all,
      Redis store,
      EventScan events,
      AuditOptions options,
      Settings settings,
      Clock clock,
      Consumer<Duration> sleeper) {
    this.groups =
        options.chosen(all).map(each -> each.holdingAtMost(settings.mostEventsOfEntity())).toList();
    this.store =
        new DrawnEntities(
            store,
            groups.stream().map(each -> each.dimension().name()).collect(Collectors.toSet()));
    this.events = events;
    this.options = options;
    this.settings = settings;
    this.clock = clock;
    this.sleeper = sleeper;
  }

  /**
   * Compares the features.
   *
   * @throws io.lettuce.core.RedisException if the feature store does not answer
   * @throws software.amazon.awssdk.core.exception.SdkException if a stream cannot be read
   */
  public AuditReport run() {
    requireOwnFormat();
    Instant start = clock.instant();
    Set<EntityId> drawn = draw();
    boolean all = options.entities().isEmpty();
    EventCollector collector =
        new EventCollector(groups, each -> all || drawn.contains(each), options.mostEvents());
    Set<EntityId> open = drawn;
    Optional<Instant> since = options.since();
    for (int round = 0; round < PAUSES.size() && isTimeLeft(); round++) {
      if (open.isEmpty() && !(round == 0 && all)) {
        break;
      }
      sleeper.accept(PAUSES.get(round));
      Instant begun = clock.instant();
      Map<EntityId, Reading> served = store.read(open, clock::millis);
      if (!read(round, since, collector)) {
        break;
      }
      since = Optional.of(begun.minus(SKEW));
      compare(served, collector);
      open = round == 0 && all ? withUnserved(drawn, collector) : open();
    }
    collector.leftOut().forEach(findings::remove);
    note(collector.leftOut());
    return report(collector, Duration.between(start, clock.instant()));
  }

  private void requireOwnFormat() {
    if (settings.feastFormat().isPresent()) {
      throw new IllegalStateException(
          "an audit needs the instant of each value to the millisecond, which Feast's format does"
              + " not keep; set FEATURE_STORE_FORMAT to freshet");
    }
  }

  private boolean isTimeLeft() {
    return clock.instant().isBefore(options.deadline());
  }

  private Set<EntityId> draw() {
    Map<String, Sample> samples =
        store.samples(options.entities().orElse(Integer.MAX_VALUE), options.seed());
    if (!store.draw(samples, this::isTimeLeft)) {
      leftOut.add("entities that were not looked at: there was no time left");
    }
    Set<EntityId> drawn = new LinkedHashSet<>();
    samples.forEach(
        (dimension, sample) ->
            sample.texts().forEach(id -> drawn.add(new EntityId(dimension, id))));
    return drawn;
  }

  /** Reads the events; returns false if there was no time to read them all. */
  private boolean read(int round, Optional<Instant> since, EventCollector collector) {
    if (round > 0 && !events.isLive()) {
      return true;
    }
    try {
      events.read(
          since,
          clock.instant().plus(SKEW),
          (stream, shard, event, arrived) -> {
            if (!isTimeLeft()) {
              throw new OutOfTimeException();
            }
            collector.receive(stream, shard, event, arrived);
          });
      return true;
    } catch (OutOfTimeException e) {
      leftOut.add(
          findings.isEmpty()
              ? "all: the events could not be read in the time given"
              : "a second look at what differs: there was no time left");
      return false;
    }
  }

  private static final class OutOfTimeException extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private void compare(Map<EntityId, Reading> served, EventCollector collector) {
    for (FeatureGroup group : groups) {
      GroupAudit audit =
          new GroupAudit(
              group,
              options,
              settings.timeToLive(),
              group.hasHistory() ? settings.historyAwake() : settings.timeToLive(),
              Horizon.of(group, options, events, collector.newestMillis(), clock.instant()));
      served.forEach(
          (entity, reading) -> {
            if (entity.dimension().equals(group.dimension().name())) {
              findings
                  .computeIfAbsent(entity, unseen -> new LinkedHashMap<>())
                  .put(
                      group,
                      audit.audit(
                          Served.of(group, reading.fields()),
                          collector.of(entity, group),
                          reading.atMillis()));
            }
          });
    }
  }

  private Set<EntityId> open() {
    return findings.entrySet().stream()
        .filter(
            entity ->
                entity.getValue().values().stream().flatMap(List::stream).anyMatch(Finding::isOpen))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Returns what differs, and entities that have events but were not in the feature store. */
  private Set<EntityId> withUnserved(Set<EntityId> drawn, EventCollector collector) {
    Set<EntityId> open = open();
    Set<EntityId> unserved = new HashSet<>(collector.entities());
    unserved.removeAll(drawn);
    open.addAll(unserved);
    return open;
  }

  private void note(Collection<EntityId> tooLarge) {
    if (!tooLarge.isEmpty()) {
      leftOut.add(
          "%d entities whose events would not fit in memory, such as %s"
              .formatted(
                  tooLarge.size(),
                  tooLarge.stream()
                      .limit(NAMED)
                      .map(EntityId::toString)
                      .sorted()
                      .collect(Collectors.joining(", "))));
    }
  }

  private AuditReport report(EventCollector collector, Duration took) {
    Tally tally = new Tally(groups);
    findings.forEach(
        (entity, byGroup) ->
            byGroup.forEach((group, all) -> all.forEach(each -> tally.add(entity, group, each))));
    return new AuditReport(
        options.seed(),
        findings.size(),
        collector.events(),
        took.toMillis(),
        tally.groups(),
        tally.differences(),
        new ArrayList<>(leftOut));
  }
}
