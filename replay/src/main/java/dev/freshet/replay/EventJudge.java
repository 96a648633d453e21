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
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Judges an event for each feature group that reads its type, as the group's function does, and
 * makes a {@link Step} of it for each group that uses it. Parses the event once for all groups that
 * read one format. Not safe for use by several threads.
 */
public final class EventJudge {

  /**
   * The last instant that RFC 3339 can write. It stands for the clock of events from files, which
   * do not say when an event arrived, so that no event is too far ahead.
   */
  public static final long NO_CLOCK = 253_402_300_799_999L;

  private static final BytesSink NOWHERE = step -> {};

  private final EventParser parser;
  private final List<List<Reader>> readersOfType = new ArrayList<>();
  private final EventTally tally;
  private final LongSupplier clockMillis;
  private final KeyWriter out = new KeyWriter();

  /**
   * Reads events for a group.
   *
   * @param place the index of the group's outcome in those of the common parser
   * @param own the parser of a group of several formats, each of which it may take an event for;
   *     null for others
   */
  private record Reader(int dimension, int group, String name, int place, EventParser own) {

    ParsedRecord judge(ParsedRecord[] common, String stream, ByteBuffer event, long nowMillis) {
      return own == null ? common[place] : own.parse(stream, event, nowMillis);
    }
  }

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
    this.tally = tally;
    this.clockMillis = clockMillis;
    types.forEach(type -> readersOfType.add(new ArrayList<>()));
    List<FeatureGroup> common = new ArrayList<>();
    for (int dimension = 0; dimension < columns.dimensions().size(); dimension++) {
      List<FeatureGroup> groups = columns.dimensions().get(dimension).groups();
      for (int group = 0; group < groups.size(); group++) {
        FeatureGroup read = groups.get(group);
        boolean isCommon =
            read.eventTypes().stream().map(EventType::format).distinct().count() == 1;
        if (isCommon) {
          common.add(read);
        }
        EventParser own = isCommon ? null : new EventParser(read);
        Reader reader = new Reader(dimension, group, read.name(), common.size(), own);
        read.eventTypes().forEach(type -> readersOfType.get(types.indexOf(type)).add(reader));
      }
    }
    this.parser = EventParser.ofTypes(types, common);
  }

  /** Judges an event and counts the outcome. */
  public void judge(RawEvent raw, EventSource source) {
    try {
      judge(raw, source, NOWHERE);
    } catch (IOException e) {
      throw new UncheckedIOException("nothing is written", e);
    }
  }

  /** Judges an event, counts the outcome, and passes on its steps. */
  public void judge(RawEvent raw, EventSource source, BytesSink steps) throws IOException {
    if (raw.isSetAside()) {
      tally.setAside(raw, source.file());
      return;
    }
    long nowMillis = clockMillis.getAsLong();
    ByteBuffer bytes = ByteBuffer.wrap(raw.bytes());
    ParsedRecord[] outcomes = parser.parseForEach(source.stream(), bytes, nowMillis);
    boolean invalid = outcomes[0] instanceof Rejection;
    if (outcomes[0] instanceof Rejection rejection) {
      tally.invalid(rejection, "", source.file(), raw.place());
    }
    int taken = 0;
    int dimension = -1;
    String entity = null;
    for (Reader reader :
        outcomes[0] instanceof Event of ? readersOfType.get(of.type()) : List.<Reader>of()) {
      ParsedRecord judgement = reader.judge(outcomes, source.stream(), bytes, nowMillis);
      if (judgement instanceof Event event) {
        if (reader.dimension != dimension || !event.entity().equals(entity)) {
          pass(entity, steps);
          dimension = reader.dimension;
          entity = event.entity();
          Step.begin(out, dimension, event);
        }
        Step.add(out, reader.group, event);
        tally.used(event.occurredAtMillis());
        taken++;
      } else if (judgement instanceof Rejection rejection && !invalid) {
        tally.invalid(rejection, reader.name, source.file(), raw.place());
        invalid = true;
      }
    }
    pass(entity, steps);
    tally.count(taken, invalid);
  }

  /** Passes on the steps of an entity, if there is one. */
  private void pass(String entity, BytesSink steps) throws IOException {
    if (entity != null) {
      steps.add(out.take());
    }
  }
}
