package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.Judgement;
import dev.freshet.event.Rejection;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Judges a line for every group, each for itself as the functions do: bytes in, steps out. Not safe
 * for use by several threads.
 */
public final class EventJudge {

  /**
   * The instant that stands for the clock, the last that RFC 3339 can write: when an event arrived
   * is not in the files, so none is too far ahead.
   */
  static final long NO_CLOCK = 253_402_300_799_999L;

  /** One byte more than an event may have: of a longer line no more is needed to reject it. */
  public static final int MOST_BYTES = 256 * 1024 + 1;

  private final List<Reader> readers = new ArrayList<>();
  private final ReplayReport report;

  public EventJudge(FeatureColumns columns, ReplayReport report) {
    this.report = report;
    for (int dimension = 0; dimension < columns.dimensions().size(); dimension++) {
      List<FeatureGroup> groups = columns.dimensions().get(dimension).groups();
      for (int group = 0; group < groups.size(); group++) {
        readers.add(
            new Reader(
                dimension, group, groups.get(group).name(), new EventParser(groups.get(group))));
      }
    }
  }

  /** Hands on the steps that a line makes, and counts what became of it. */
  public void judge(byte[] line, String file, long lineNumber, Consumer<Step> steps) {
    int taken = 0;
    boolean invalid = false;
    for (Reader reader : readers) {
      Judgement judgement = reader.parser.parse(ByteBuffer.wrap(line), NO_CLOCK);
      if (judgement instanceof Event event) {
        steps.accept(new Step.Happened(reader.dimension, reader.group, event));
        taken++;
      } else if (judgement instanceof Rejection rejection && !invalid) {
        report.invalid(rejection, reader.name, file, lineNumber);
        invalid = true;
      }
    }
    report.line(taken, invalid);
  }

  private record Reader(int dimension, int group, String name, EventParser parser) {}
}
