package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.replay.events.EventTally;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Judges an event for each feature group, as the group's function does, and makes a {@link Step} of
 * it for each group that uses it. Not safe for use by several threads.
 */
public final class EventJudge {

  /**
   * The last instant that RFC 3339 can write. It stands for the clock of events from files, which
   * do not say when an event arrived, so that no event is too far ahead.
   */
  public static final long NO_CLOCK = 253_402_300_799_999L;

  private final List<Reader> readers = new ArrayList<>();
  private final EventTally tally;
  private final LongSupplier clockMillis;
  private final KeyWriter out = new KeyWriter();

  /** Creates a judge of events from files. */
  public EventJudge(FeatureColumns columns, EventTally tally) {
    this(columns, tally, () -> NO_CLOCK);
  }

  /** Creates a judge of events that arrive now. */
  public EventJudge(FeatureColumns columns, EventTally tally, LongSupplier clockMillis) {
    this.tally = tally;
    this.clockMillis = clockMillis;
    for (int dimension = 0; dimension < columns.dimensions().size(); dimension++) {
      List<FeatureGroup> groups = columns.dimensions().get(dimension).groups();
      for (int group = 0; group < groups.size(); group++) {
        readers.add(
            new Reader(
                dimension, group, groups.get(group).name(), new EventParser(groups.get(group))));
      }
    }
  }

  /** Judges an event and counts the outcome. */
  public void judge(RawEvent raw, String file) {
    var unused = steps(raw, file);
  }

  /** Judges an event, counts the outcome, and passes on its steps. */
  public void judge(RawEvent raw, String file, BytesSink steps) throws IOException {
    for (Step step : steps(raw, file)) {
      steps.add(Step.write(out, step));
    }
  }

  private List<Step> steps(RawEvent raw, String file) {
    if (raw.isSetAside()) {
      tally.setAside(raw, file);
      return List.of();
    }
    List<Step> steps = new ArrayList<>();
    boolean invalid = false;
    long nowMillis = clockMillis.getAsLong();
    for (Reader reader : readers) {
      ParsedRecord judgement = reader.parser.parse(ByteBuffer.wrap(raw.bytes()), nowMillis);
      if (judgement instanceof Event event) {
        steps.add(new Step.Happened(reader.dimension, reader.group, event));
      } else if (judgement instanceof Rejection rejection && !invalid) {
        tally.invalid(rejection, reader.name, file, raw.place());
        invalid = true;
      }
    }
    tally.count(steps.size(), invalid);
    return steps;
  }

  private record Reader(int dimension, int group, String name, EventParser parser) {}
}
