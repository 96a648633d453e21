package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.FeatureColumns.OfDimension;
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

/** What events published, as bytes that sort in the order of time. */
public final class PublishedRows implements EntityWalk.Rows {

  /** What says which result a row is. */
  public static final List<Column> COLUMNS =
      List.of(
          new Column("at", Kind.TIMESTAMP),
          new Column("feature_group", Kind.TEXT),
          new Column("dimension", Kind.TEXT),
          new Column("key", Kind.TEXT),
          new Column("event_id", Kind.TEXT));

  private final FeatureColumns columns;
  private final RowSink results;
  private final ReplayReport report;
  private final KeyWriter out = new KeyWriter();

  /**
   * @param results takes the rows, in the order of the steps
   * @param report counts the duplicates
   */
  public PublishedRows(FeatureColumns columns, RowSink results, ReplayReport report) {
    this.columns = columns;
    this.results = results;
    this.report = report;
  }

  /** Of one instant: by event, then by group. */
  @Override
  public void published(Step.Happened step, double[] features) throws IOException {
    OfDimension dimension = columns.dimensions().get(step.dimension());
    int start = dimension.startOf(step.group());
    out.number(step.atMillis())
        .text(step.event().eventId())
        .small(step.dimension())
        .small(step.group())
        .text(step.entity());
    int end = start + dimension.groups().get(step.group()).features().size();
    for (int column = start; column < end; column++) {
      out.bits(features[column]);
    }
    results.add(out.take());
  }

  @Override
  public void answered(Step.Asked step, double[] features) {
    throw new IllegalStateException("nothing was asked: " + step);
  }

  @Override
  public void duplicate(Step.Happened step) {
    report.duplicate();
  }

  /**
   * Writes rows that are in their order.
   *
   * @param report counts them
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
      FeatureGroup group = dimension.groups().get(index);
      Cell[] kept = {
        new Cell(Kind.TIMESTAMP, at),
        Cell.text(group.name()),
        Cell.text(dimension.dimension().name()),
        Cell.text(in.text()),
        Cell.text(eventId)
      };
      double[] features = columns.absent();
      int start = dimension.startOf(index);
      for (int i = 0; i < group.features().size(); i++) {
        features[start + i] = in.bits();
      }
      table.write(kept, features);
      report.row();
    }
  }
}
