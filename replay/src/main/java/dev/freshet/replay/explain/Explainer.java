package dev.freshet.replay.explain;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroup.Origin;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.event.Skipped;
import dev.freshet.fold.Part;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.StateKind.Moment;
import dev.freshet.replay.EntityReplay;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.state.EventOrder;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Explains one feature of one entity at an instant. Takes events in any order, keeps those of the
 * entity, and tells how each affects the value. The engine computes the value.
 */
public final class Explainer {

  /** Stands for the arrival of an event from a file. */
  private static final long UNKNOWN = Long.MIN_VALUE;

  /** An event, and its arrival in its stream. */
  private record Sighting(Event event, long arrivedMillis) {}

  private final List<FeatureGroup> groups;
  private final List<EventParser> parsers;
  private final int asked;
  private final Feature feature;
  private final String entity;
  private final long atMillis;
  private final Duration timeToLive;
  private final List<List<Sighting>> seen = new ArrayList<>();
  private final Map<Skipped, Long> skipped = new EnumMap<>(Skipped.class);
  private long invalid;
  private String firstInvalid = "";

  /**
   * @param groups all groups of the entity's dimension: they share its hash in the feature store
   * @param group the group of the feature
   * @param timeToLive see {@link EntityReplay}
   */
  public Explainer(
      List<FeatureGroup> groups,
      FeatureGroup group,
      Feature feature,
      String entity,
      long atMillis,
      Duration timeToLive) {
    this.groups = List.copyOf(groups);
    this.parsers = groups.stream().map(EventParser::new).toList();
    this.asked = groups.indexOf(group);
    this.feature = feature;
    this.entity = entity;
    this.atMillis = atMillis;
    this.timeToLive = timeToLive;
    groups.forEach(each -> seen.add(new ArrayList<>()));
  }

  /** Takes a record from a file. */
  public void see(byte[] record) {
    see(record, EventJudge.NO_CLOCK, UNKNOWN);
  }

  /** Takes a record that arrived in its stream at an instant. */
  public void see(byte[] record, long arrivedMillis) {
    see(record, arrivedMillis, arrivedMillis);
  }

  private void see(byte[] record, long clockMillis, long arrivedMillis) {
    for (int i = 0; i < parsers.size(); i++) {
      ParsedRecord judgement = parsers.get(i).parse(ByteBuffer.wrap(record), clockMillis);
      if (judgement instanceof Event event) {
        if (event.entity().equals(entity)) {
          seen.get(i).add(new Sighting(event, arrivedMillis));
        }
      } else if (i == asked) {
        pass(judgement);
      }
    }
  }

  private void pass(ParsedRecord judgement) {
    if (judgement instanceof Skipped reason) {
      skipped.merge(reason, 1L, Long::sum);
    } else {
      Rejection rejection = (Rejection) judgement;
      firstInvalid = invalid++ == 0 ? rejection.detail() : firstInvalid;
    }
  }

  /** Explains the feature by all records taken. */
  public Explanation explain() {
    List<Part> parts = new ArrayList<>();
    List<List<Event>> usable = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      usable.add(usable(i, i == asked ? parts : new ArrayList<>()));
    }
    List<Event> events = usable.get(asked);
    FeatureGroup group = groups.get(asked);
    Origin origin = group.origin(feature);
    parts.addAll(
        origin
            .kind()
            .explain(
                origin.index(),
                events.stream().filter(origin.kind()::takes).toList(),
                new Moment(atMillis, timeToLive.toMillis()),
                event -> Texts.of(group, event)));
    EntityReplay replay = replay(usable);
    double value = value(replay);
    return new Explanation(
        group,
        feature,
        entity,
        atMillis,
        value,
        replay.isStored(asked) ? parts : forgotten(parts),
        skipped,
        invalid,
        firstInvalid);
  }

  /** Marks all events that counted as evicted: the feature store has dropped the entity. */
  private List<Part> forgotten(List<Part> parts) {
    String why = "forgotten: nothing was written for " + Texts.days(timeToLive);
    return parts.stream()
        .map(
            part ->
                part.verdict() == Part.Verdict.COUNTS
                    ? new Part(Part.Verdict.EVICTED, part.what(), why)
                    : part)
        .toList();
  }

  /** Returns the distinct events of a group that were not late, oldest first. */
  private List<Event> usable(int index, List<Part> left) {
    FeatureGroup group = groups.get(index);
    List<Event> usable = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Sighting each : seen.get(index).stream().sorted(preference(group)).toList()) {
      if (!ids.add(idUntil(each.event()))) {
        left.add(new Part(Part.Verdict.DUPLICATE, Texts.of(group, each.event()), ""));
      } else if (isLate(group, each)) {
        left.add(
            new Part(
                Part.Verdict.LATE,
                Texts.of(group, each.event()),
                "arrived " + Texts.time(each.arrivedMillis())));
      } else {
        usable.add(each.event());
      }
    }
    usable.sort(EventOrder.OLDEST_FIRST);
    return usable;
  }

  /**
   * Sorts the sightings of one event id by preference: the latest counts, or the earliest if the
   * group holds stages of items.
   */
  private static Comparator<Sighting> preference(FeatureGroup group) {
    boolean earliest = group.kinds().stream().allMatch(StateKind::holdsItems);
    Comparator<Event> order =
        earliest ? EventOrder.OLDEST_FIRST : EventOrder.OLDEST_FIRST.reversed();
    return Comparator.comparing(Sighting::event, order).thenComparingLong(Sighting::arrivedMillis);
  }

  /** Keeps events ahead of the instant apart, so that they do not replace earlier ones. */
  private String idUntil(Event event) {
    return (event.occurredAtMillis() > atMillis ? "ahead " : "happened ") + event.eventId();
  }

  /**
   * Tells whether an event was late; an event from a file arrives when it occurs, as in a replay.
   */
  private boolean isLate(FeatureGroup group, Sighting seen) {
    return seen.arrivedMillis() != UNKNOWN
        && group.kindsFor(seen.event(), seen.arrivedMillis(), timeToLive) == 0;
  }

  private EntityReplay replay(List<List<Event>> usable) {
    record OfGroup(int group, Event event) {}
    List<OfGroup> events = new ArrayList<>();
    for (int i = 0; i < usable.size(); i++) {
      for (Event event : usable.get(i)) {
        if (event.occurredAtMillis() <= atMillis) {
          events.add(new OfGroup(i, event));
        }
      }
    }
    events.sort((a, b) -> EventOrder.OLDEST_FIRST.compare(a.event, b.event));
    EntityReplay replay = new EntityReplay(groups, entity, timeToLive);
    events.forEach(each -> replay.apply(each.group, each.event));
    return replay;
  }

  private double value(EntityReplay replay) {
    String column = FeatureColumns.name(groups.get(asked), feature);
    return replay.featuresAt(atMillis)[new FeatureColumns(groups).names().indexOf(column)];
  }
}
