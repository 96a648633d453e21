package dev.freshet.replay;

import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.FeatureColumns.OfDimension;
import dev.freshet.replay.events.EventTally;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowWriter;
import java.io.IOException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;

/** Results that events published, as bytes that sort in the order of time. */
public final class PublishedRows {

  /** The columns that identify a result. */
  public static final List<Column> COLUMNS =
      List.of(
          new Column("at", Kind.TIMESTAMP),
          new Column("feature_group", Kind.TEXT),
          new Column("dimension", Kind.TEXT),
          new Column("key", Kind.TEXT),
          new Column("event_id", Kind.TEXT));

  private PublishedRows() {}

  /** Slices of equal length of the time in which rows lie. */
  record Slices(long fromMillis, long toMillis) {

    private static final int COUNT = 64;

    /** Returns slices of the times of events. */
    static Slices of(EventTally events) {
      return new Slices(events.oldestMillis(), events.newestMillis());
    }

    int count() {
      return COUNT;
    }

    int slice(byte[] row) {
      double share =
          (double) (new KeyReader(row).number() - fromMillis) / (toMillis - fromMillis + 1);
      return (int) (share * COUNT);
    }
  }

  /** Writes the result of an event; results of one instant sort by event, then by group. */
  static byte[] write(
      KeyWriter out, Step.Happened step, OfDimension dimension, FeatureValues features) {
    out.number(step.atMillis())
        .text(step.event().eventId())
        .small(step.dimension())
        .small(step.group())
        .text(step.entity());
    dimension.write(step.group(), features, out);
    return out.take();
  }

  /**
   * Writes sorted rows to a table.
   *
   * @param report counts the rows
   */
  public static void write(
      Iterator<byte[]> rows, FeatureColumns columns, RowWriter table, ReplayReport report)
      throws IOException {
    while (rows.hasNext()) {
      KeyReader in = new KeyReader(rows.next());
      String at = Instant.ofEpochMilli(in.number()).toString();
      String eventId = in.text();
      OfDimension dimension = columns.dimensions().get(in.small());
      int index = in.small();
      Cell[] kept = {
        new Cell(Kind.TIMESTAMP, at),
        Cell.text(dimension.groups().get(index).name()),
        Cell.text(dimension.name()),
        Cell.text(in.text()),
        Cell.text(eventId)
      };
      FeatureValues features = columns.absent();
      dimension.read(index, in, features);
      table.write(kept, features);
      report.row();
    }
  }
}
