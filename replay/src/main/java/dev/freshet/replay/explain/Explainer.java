package dev.freshet.replay.explain;

import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroup.Origin;
import dev.freshet.event.Event;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.StateKind.Moment;
import dev.freshet.replay.EntityReplay;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.explain.SeenEvents.Sighting;
import dev.freshet.state.EventOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Explains one feature of one entity at an instant. Takes events in any order, keeps those of the
 * entity, and tells how each affects the value. The engine computes the value.
 */
public final class Explainer {

  /** An event of the group that no feature uses. */
  private record Unused(Part.Verdict verdict, Event event, String why) {}

  private final List<FeatureGroup> groups;
  private final int asked;
  private final List<Origin> origins;
  private final Feature feature;
  private final String entity;
  private final SeenEvents seen;
  private final long atMillis;
  private final Duration timeToLive;

  /**
   * @param groups all groups of the entity's dimension: they share its hash in the feature store
   * @param types all types of the catalogue, which tell its formats apart
   * @param group the group of the feature
   * @param timeToLive see {@link EntityReplay}
   */
  public Explainer(
      List<FeatureGroup> groups,
      List<EventType> types,
      FeatureGroup group,
      Feature feature,
      String entity,
      long atMillis,
      Duration timeToLive) {
    this.groups = List.copyOf(groups);
    this.asked = groups.indexOf(group);
    this.origins = group.origins(feature);
    this.feature = feature;
    this.entity = entity;
    this.atMillis = atMillis;
    this.timeToLive = timeToLive;
    this.seen = new SeenEvents(this.groups, types, asked, entity);
  }

  /**
   * Takes an event from a file.
   *
   * @param stream its stream; empty if the event says its type
   */
  public void see(String stream, byte[] record) {
    seen.add(stream, record, EventJudge.NO_CLOCK, SeenEvents.UNKNOWN);
  }

  /** Takes an event that arrived in its stream at an instant. */
  public void see(String stream, byte[] record, long arrivedMillis) {
    seen.add(stream, record, arrivedMillis, arrivedMillis);
  }

  /** Explains the feature by all records taken. */
  public Explanation explain() {
    List<Unused> unused = new ArrayList<>();
    List<List<Event>> usable = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      usable.add(usable(i, i == asked ? unused : new ArrayList<>()));
    }
    EntityReplay replay = replay(usable);
    FeatureGroup group = groups.get(asked);
    replay.featuresAt(atMillis);
    FeatureValues values = replay.features(asked);
    Moment at = new Moment(atMillis, replay.rememberedFromMillis(asked));
    List<Explanation.Source> sources = new ArrayList<>();
    for (Origin origin : origins) {
      List<Part> parts = parts(origin, unused, usable.get(asked), at);
      sources.add(
          new Explanation.Source(
              origin,
              Texts.value(values, group.features().indexOf(origin.feature())),
              replay.isStored(asked) ? parts : forgotten(parts)));
    }
    int index = group.features().indexOf(feature);
    return new Explanation(
        group,
        feature,
        entity,
        atMillis,
        values.number(index),
        Texts.value(values, index),
        sources,
        seen.skipped(),
        seen.invalid(),
        seen.firstInvalid());
  }

  private List<Part> parts(Origin origin, List<Unused> unused, List<Event> usable, Moment at) {
    Function<Occurrence, String> text = event -> Texts.of(groups.get(asked), origin, event);
    List<Part> parts = new ArrayList<>();
    for (Unused each : unused) {
      parts.add(new Part(each.verdict(), text.apply(each.event()), each.why()));
    }
    StateKind kind = origin.kind();
    parts.addAll(
        kind.explain(origin.index(), usable.stream().filter(kind::takes).toList(), at, text));
    return parts;
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
  private List<Event> usable(int index, List<Unused> unused) {
    FeatureGroup group = groups.get(index);
    List<Event> usable = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    for (Sighting each : seen.of(index).stream().sorted(preference(group)).toList()) {
      if (!ids.add(idUntil(each.event()))) {
        unused.add(new Unused(Part.Verdict.DUPLICATE, each.event(), ""));
      } else if (isLate(index, each)) {
        String why = "arrived " + Texts.time(each.arrivedMillis());
        unused.add(new Unused(Part.Verdict.LATE, each.event(), why));
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
    boolean earliest = group.kinds().stream().noneMatch(StateKind::holdsEventIds);
    Comparator<Event> order =
        earliest ? EventOrder.OLDEST_FIRST : EventOrder.OLDEST_FIRST.reversed();
    return Comparator.comparing(Sighting::event, order).thenComparingLong(Sighting::arrivedMillis);
  }

  /** Keeps events ahead of the instant apart, so that they do not replace earlier ones. */
  private String idUntil(Event event) {
    return (event.occurredAtMillis() > atMillis ? "ahead " : "happened ") + event.eventId();
  }

  /**
   * Returns whether an event was late for all kinds of state that use it; in the group asked for,
   * those of the feature count. An event from a file arrives when it occurs, as in a replay.
   */
  private boolean isLate(int index, Sighting one) {
    Stream<StateKind> kinds =
        index == asked ? origins.stream().map(Origin::kind) : groups.get(index).kinds().stream();
    List<StateKind> using = kinds.filter(kind -> kind.takes(one.event())).toList();
    long occurredAt = one.event().occurredAtMillis();
    return one.arrivedMillis() != SeenEvents.UNKNOWN
        && !using.isEmpty()
        && using.stream()
            .allMatch(each -> each.isLate(occurredAt, one.arrivedMillis(), timeToLive.toMillis()));
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
    EntityReplay replay = new EntityReplay(groups, timeToLive);
    events.forEach(each -> replay.apply(each.group, each.event));
    return replay;
  }
}
