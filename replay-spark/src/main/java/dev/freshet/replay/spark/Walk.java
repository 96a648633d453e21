package dev.freshet.replay.spark;

import dev.freshet.replay.Answers;
import dev.freshet.replay.EntityWalk;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.PublishedRows;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.Step;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import org.apache.spark.TaskContext;

/** The rows of a partition's entities, made of its sorted steps. */
final class Walk extends Pulled {

  private final Iterator<byte[]> steps;
  private final EntityWalk walk;
  private final EntityWalk.Rows rows;
  private final ReplayReport report = new ReplayReport();
  private final Reports reports;

  /**
   * @param wantsPublished whether the rows are what events published, or else the answers to
   *     questions
   */
  Walk(
      Iterator<byte[]> steps,
      Declarations declared,
      Duration timeToLive,
      boolean wantsPublished,
      Reports reports) {
    FeatureColumns columns = declared.columns();
    this.steps = steps;
    this.walk = new EntityWalk(columns, timeToLive, wantsPublished);
    this.rows =
        wantsPublished
            ? new PublishedRows(columns, this::push, report)
            : new Answers(columns, this::push, report);
    this.reports = reports;
  }

  @Override
  boolean advance() throws IOException {
    if (!steps.hasNext()) {
      reports.add(new Reports.Part("entities of " + TaskContext.getPartitionId(), report));
      return false;
    }
    walk.take(Step.read(steps.next()), rows);
    return true;
  }
}
