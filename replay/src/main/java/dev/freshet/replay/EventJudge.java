package dev.freshet.replay;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.EventTally;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Judges an event for each feature group that reads its type, as the group's function does, and
 * makes a {@link Step} of it for each group that uses it. Not safe for use by several threads.
 */
public final class EventJudge {

  /**
   * The last instant that RFC 3339 can write. It stands for the clock of events from files, which
   * do not say when an event arrived, so that no event is too far ahead.
   */
  public static final long NO_CLOCK = 253_402_300_799_999L;

  private final EventParser types;
  private final List<List<Reader>> readersOfType = new ArrayList<>();
  private final EventTally tally;
  private final LongSupplier clockMillis;
  private final KeyWriter out = new KeyWriter();

  /**
   * Creates a judge of events from files.
   *
   * @param types all types of the catalogue; events of those that no group reads are skipped
   */
  public EventJudge(FeatureColumns columns, List<EventType> types, EventTally tally) {
    this(columns, types, tally, () -> NO_CLOCK);
  }

  /** Creates a judge of events that arrive now. */
  public EventJudge(
      FeatureColumns columns, List<EventType> types, EventTally tally, LongSupplier clockMillis) {
    this.types = EventParser.ofTypes(types);
    this.tally = tally;
    this.clockMillis = clockMillis;
    types.forEach(type -> readersOfType.add(new ArrayList<>()));
    for (int dimension = 0; dimension < columns.dimensions().size(); dimension++) {
      List<FeatureGroup> groups = columns.dimensions().get(dimension).groups();
      for (int group = 0; group < groups.size(); group++) {
        FeatureGroup read = groups.get(group);
        Reader reader = new Reader(dimension, group, read.name(), new EventParser(read));
        read.eventTypes().forEach(type -> readersOfType.get(types.indexOf(type)).add(reader));
      }
    }
  }

  /** Judges an event and counts the outcome. */
  public void judge(RawEvent raw, EventSource source) {
    var unused = steps(raw, source);
  }

  /** Judges an event, counts the outcome, and passes on its steps. */
  public void judge(RawEvent raw, EventSource source, BytesSink steps) throws IOException {
    for (Step step : steps(raw, source)) {
      steps.add(Step.write(out, step));
    }
  }

  private List<Step> steps(RawEvent raw, EventSource source) {
    if (raw.isSetAside()) {
      tally.setAside(raw, source.file());
      return List.of();
    }
    long nowMillis = clockMillis.getAsLong();
    ByteBuffer bytes = ByteBuffer.wrap(raw.bytes());
    ParsedRecord type = types.parse(source.stream(), bytes, nowMillis);
    if (type instanceof Rejection rejection) {
      tally.invalid(rejection, "", source.file(), raw.place());
    }
    List<Step> steps = new ArrayList<>();
    boolean invalid = type instanceof Rejection;
    for (Reader reader :
        type instanceof Event of ? readersOfType.get(of.type()) : List.<Reader>of()) {
      ParsedRecord judgement = reader.parser.parse(source.stream(), bytes, nowMillis);
      if (judgement instanceof Event event) {
        steps.add(new Step.Happened(reader.dimension, reader.group, event));
        tally.used(event.occurredAtMillis());
      } else if (judgement instanceof Rejection rejection && !invalid) {
        tally.invalid(rejection, reader.name, source.file(), raw.place());
        invalid = true;
      }
    }
    tally.count(steps.size(), invalid);
    return steps;
  }

  private record Reader(int dimension, int group, String name, EventParser parser) {}
}
