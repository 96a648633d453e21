package dev.freshet.operations.check;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Quote;
import dev.freshet.event.Reason;
import dev.freshet.event.Rejection;
import dev.freshet.event.Skipped;
import dev.freshet.operations.events.EventStreams;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.events.RawEvents;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Judges events of files as the functions of a catalogue would if they arrived now, and counts the
 * outcomes by type and feature group. Keeps nothing: an event that occurs twice counts twice.
 */
public final class Check {

  private final EventStreams streams;
  private final EventParser types;
  private final List<Group> groups;
  private final LongSupplier clockMillis;
  private final Map<String, Long> events = new LinkedHashMap<>();
  private final Reasons invalid = new Reasons();
  private final Reasons unread = new Reasons();
  private long read;

  private record Group(
      FeatureGroup group, EventParser parser, Map<String, Judgements> judgements) {}

  public Check(List<FeatureGroup> groups, LongSupplier clockMillis) {
    this.streams = EventStreams.of(groups);
    this.types = EventParser.ofTypes(streams.types());
    this.clockMillis = clockMillis;
    this.groups =
        groups.stream()
            .map(group -> new Group(group, new EventParser(group), ofTypes(group)))
            .toList();
    streams.types().forEach(type -> events.put(type.name(), 0L));
  }

  private static Map<String, Judgements> ofTypes(FeatureGroup group) {
    Map<String, Judgements> judgements = new LinkedHashMap<>();
    group.eventTypes().forEach(type -> judgements.put(type.name(), new Judgements()));
    return judgements;
  }

  /** Returns the types of the catalogue. */
  public List<EventType> types() {
    return streams.types();
  }

  /** Judges the events of a file. */
  public void file(EventSource file) throws IOException {
    try (RawEvents reader = file.open()) {
      for (RawEvent event = reader.next(); event != null; event = reader.next()) {
        judge(event, file);
      }
    }
  }

  private void judge(RawEvent raw, EventSource file) {
    read++;
    if (raw.isSetAside()) {
      invalid.add(Reason.TOO_LARGE.name(), file, raw.place(), raw.size() + " bytes");
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(raw.bytes());
    long now = clockMillis.getAsLong();
    ParsedRecord judged = types.parse(file.stream(), bytes, now);
    if (judged instanceof Event event) {
      String type = streams.types().get(event.type()).name();
      events.merge(type, 1L, Long::sum);
      for (Group group : groups) {
        if (group.judgements.containsKey(type)) {
          judge(group, type, group.parser.parse(file.stream(), bytes, now), raw, file);
        }
      }
    } else if (judged instanceof Rejection rejection) {
      invalid.add(rejection.reason().name(), file, raw.place(), rejection.detail());
    } else {
      String name = streams.typeName(raw.bytes(), file.stream()).orElse("");
      unread.add("of a type that no group reads", file, raw.place(), Quote.of(name));
    }
  }

  private static void judge(
      Group group, String type, ParsedRecord judged, RawEvent raw, EventSource file) {
    Judgements judgements = group.judgements.get(type);
    if (judged instanceof Rejection rejection) {
      judgements.invalid().add(rejection.reason().name(), file, raw.place(), rejection.detail());
    } else if (judged instanceof Skipped skipped) {
      judgements.skipped().add(skipped.name(), file, raw.place(), why(group.group, skipped));
    } else {
      judgements.addUsed();
    }
  }

  private static String why(FeatureGroup group, Skipped skipped) {
    return switch (skipped) {
      case NO_ENTITY -> "lacks " + String.join(" or ", group.dimension().members());
      case NO_VALUE -> "no feature takes it: its input or item is missing, or a filter stops it";
      case OTHER_TYPE -> "its type is another in this group's format";
    };
  }

  /** Returns whether any group used any event. */
  public boolean hasUsedAny() {
    return groups.stream()
        .flatMap(group -> group.judgements.values().stream())
        .anyMatch(each -> each.used() > 0);
  }

  /** Returns the outcomes as lines. */
  public List<String> text() {
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "events: %,d", read));
    events.forEach(
        (type, count) -> lines.add(String.format(Locale.ROOT, "  %s: %,d", type, count)));
    unread.text().forEach(line -> lines.add("  " + line));
    invalid.text().forEach(line -> lines.add("  invalid for all groups: " + line));
    for (Group group : groups) {
      lines.add("feature group " + group.group);
      group.judgements.forEach(
          (type, each) -> each.text(type).forEach(line -> lines.add("  " + line)));
    }
    return lines;
  }

  /** Returns the outcomes as the tree that JSON shows. */
  public Map<String, Object> tree() {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("events", read);
    tree.put("types", events);
    tree.put("ofNoGroup", unread.tree());
    tree.put("invalid", invalid.tree());
    Map<String, Object> byGroup = new LinkedHashMap<>();
    for (Group group : groups) {
      Map<String, Object> byType = new LinkedHashMap<>();
      group.judgements.forEach((type, each) -> byType.put(type, each.tree()));
      byGroup.put(group.group.name(), byType);
    }
    tree.put("featureGroups", byGroup);
    return tree;
  }
}
