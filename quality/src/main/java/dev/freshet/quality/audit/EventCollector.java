package dev.freshet.quality.audit;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.replay.EventJudge;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Keeps the events of some entities, as each feature group sees them, in bounded memory. */
final class EventCollector implements EventScan.Receiver {

  private final List<Reader> readers;
  private final Predicate<EntityId> isWanted;
  private final long mostEvents;
  private final Map<EntityId, Map<FeatureGroup, List<ArrivedEvent>>> held = new HashMap<>();
  private final Set<EntityId> leftOut = new HashSet<>();
  private long events;
  private long heldEvents;
  private long newestMillis = Long.MIN_VALUE;

  private record Reader(FeatureGroup group, EventParser parser, Set<String> streams) {
    static Reader of(FeatureGroup group) {
      Set<String> streams = new TreeSet<>();
      group.eventTypes().stream().map(EventType::stream).forEach(streams::add);
      return new Reader(group, new EventParser(group), streams);
    }

    boolean reads(String stream) {
      return stream.isEmpty() || streams.contains(stream);
    }
  }

  /**
   * @param mostEvents beyond, entities are left out
   */
  EventCollector(List<FeatureGroup> groups, Predicate<EntityId> isWanted, long mostEvents) {
    this.readers = groups.stream().map(Reader::of).toList();
    this.isWanted = isWanted;
    this.mostEvents = mostEvents;
  }

  @Override
  public void receive(String stream, String shard, ByteBuffer data, long arrivedMillis) {
    events++;
    long clock = arrivedMillis == ArrivedEvent.UNKNOWN ? EventJudge.NO_CLOCK : arrivedMillis;
    for (Reader each : readers) {
      if (each.reads(stream) && each.parser.parse(stream, data, clock) instanceof Event event) {
        newestMillis = Math.max(newestMillis, event.occurredAtMillis());
        EntityId entity = new EntityId(each.group.dimension().name(), event.entity());
        if (isWanted.test(entity) && !leftOut.contains(entity)) {
          hold(entity, each.group, new ArrivedEvent(event, shard, arrivedMillis));
        }
      }
    }
  }

  private void hold(EntityId entity, FeatureGroup group, ArrivedEvent event) {
    held.computeIfAbsent(entity, unseen -> new HashMap<>())
        .computeIfAbsent(group, unseen -> new ArrayList<>())
        .add(event);
    if (++heldEvents > mostEvents) {
      leftOut.add(entity);
      heldEvents -= held.remove(entity).values().stream().mapToLong(List::size).sum();
    }
  }

  /** Returns the events of a group of an entity, in the order in which they were read. */
  List<ArrivedEvent> of(EntityId entity, FeatureGroup group) {
    return held.getOrDefault(entity, Map.of()).getOrDefault(group, List.of());
  }

  /** Returns the entities of which an event was read and kept. */
  Collection<EntityId> entities() {
    return held.keySet();
  }

  /** Returns the entities that would have needed too much memory. */
  Set<EntityId> leftOut() {
    return leftOut;
  }

  /** Returns the number of events that were read. */
  long events() {
    return events;
  }

  /** Returns the time of the newest event of any entity. */
  long newestMillis() {
    return newestMillis;
  }
}
