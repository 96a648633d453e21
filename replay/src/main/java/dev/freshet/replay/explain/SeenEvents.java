package dev.freshet.replay.explain;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.event.Skipped;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The events of one entity, in the order in which they were seen, by feature group; of the group
 * asked for, also counts of what was skipped and what was invalid.
 */
final class SeenEvents {

  /** Stands for the arrival of an event from a file. */
  static final long UNKNOWN = Long.MIN_VALUE;

  /** An event, and its arrival in its stream. */
  record Sighting(Event event, long arrivedMillis) {}

  private final List<FeatureGroup> groups;
  private final List<EventType> types;
  private final int asked;
  private final String entity;
  private final EventParser typeParser;
  private final List<EventParser> parsers;
  private final List<List<Sighting>> seen = new ArrayList<>();
  private final Map<Skipped, Long> skipped = new EnumMap<>(Skipped.class);
  private long invalid;
  private String firstInvalid = "";

  /**
   * @param types all types of the catalogue, which tell its formats apart
   * @param asked the index of the group asked for
   */
  SeenEvents(List<FeatureGroup> groups, List<EventType> types, int asked, String entity) {
    this.groups = groups;
    this.types = List.copyOf(types);
    this.asked = asked;
    this.entity = entity;
    this.typeParser = EventParser.ofTypes(types);
    this.parsers = groups.stream().map(EventParser::new).toList();
    groups.forEach(each -> seen.add(new ArrayList<>()));
  }

  /**
   * Adds an event.
   *
   * @param stream its stream; empty if the event says its type
   * @param clockMillis the clock when it is judged
   * @param arrivedMillis when it arrived, or {@link #UNKNOWN}
   */
  void add(String stream, byte[] record, long clockMillis, long arrivedMillis) {
    ByteBuffer bytes = ByteBuffer.wrap(record);
    ParsedRecord typed = typeParser.parse(stream, bytes, clockMillis);
    for (int i = 0; i < parsers.size(); i++) {
      ParsedRecord judgement = typed;
      if (typed instanceof Event of) {
        boolean isRead = groups.get(i).eventTypes().contains(types.get(of.type()));
        judgement = isRead ? parsers.get(i).parse(stream, bytes, clockMillis) : Skipped.OTHER_TYPE;
      }
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

  /** Returns the events of a group. */
  List<Sighting> of(int group) {
    return seen.get(group);
  }

  Map<Skipped, Long> skipped() {
    return skipped;
  }

  long invalid() {
    return invalid;
  }

  /** Returns why the first invalid event was; empty if there was none. */
  String firstInvalid() {
    return firstInvalid;
  }
}
