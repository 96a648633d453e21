package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.replay.events.EventTally;
import dev.freshet.replay.events.RawEvent;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Judges an event for every group, each for itself as the functions do: bytes in, steps out. Not
 * safe for use by several threads.
 */
public final class EventJudge {

  /**
   * The instant that stands for the clock, the last that RFC 3339 can write: when an event arrived
   * is not in the files, so none is too far ahead.
   */
  static final long NO_CLOCK = 253_402_300_799_999L;

  private final List<Reader> readers = new ArrayList<>();
  private final EventTally tally;
  private final LongSupplier clockMillis;

  /** Judges events whose arrival is not known. */
  public EventJudge(FeatureColumns columns, EventTally tally) {
    this(columns, tally, () -> NO_CLOCK);
  }

  /** Judges events as they would be judged now. */
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

  /** Counts what becomes of an event. */
  public void judge(RawEvent raw, String file) {
    judge(raw, file, step -> {});
  }

  /** Hands on the steps that an event makes, and counts what becomes of it. */
  public void judge(RawEvent raw, String file, Consumer<Step> steps) {
    if (raw.isSetAside()) {
      tally.setAside(raw, file);
      return;
    }
    int taken = 0;
    boolean invalid = false;
    long nowMillis = clockMillis.getAsLong();
    for (Reader reader : readers) {
      ParsedRecord judgement = reader.parser.parse(ByteBuffer.wrap(raw.bytes()), nowMillis);
      if (judgement instanceof Event event) {
        steps.accept(new Step.Happened(reader.dimension, reader.group, event));
        taken++;
      } else if (judgement instanceof Rejection rejection && !invalid) {
        tally.invalid(rejection, reader.name, file, raw.place());
        invalid = true;
      }
    }
    tally.count(taken, invalid);
  }

  private record Reader(int dimension, int group, String name, EventParser parser) {}
}
