package dev.freshet.replay;

import dev.freshet.replay.FeatureColumns.OfDimension;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;
import java.time.Duration;

/**
 * Replays sorted steps, one entity after another. Writes a row for each event that publishes
 * features, or for each question.
 */
public final class EntityWalk {

  private final FeatureColumns columns;
  private final Duration timeToLive;
  private final boolean writesPublished;
  private final ReplayReport report;
  private final KeyWriter out = new KeyWriter();
  private Step last;
  private EntityReplay replay;

  /**
   * @param writesPublished whether to write the features that events publish
   * @param report counts duplicates
   */
  public EntityWalk(
      FeatureColumns columns, Duration timeToLive, boolean writesPublished, ReplayReport report) {
    this.columns = columns;
    this.timeToLive = timeToLive;
    this.writesPublished = writesPublished;
    this.report = report;
  }

  /**
   * Replays the next step.
   *
   * @param rows takes the row, if the step makes one: see {@link PublishedRows} and {@link Answers}
   */
  public void take(byte[] written, BytesSink rows) throws IOException {
    Step step = Step.read(written, columns);
    OfDimension dimension = columns.dimensions().get(step.dimension());
    if (isOfAnotherEntity(step)) {
      replay = new EntityReplay(dimension.groups(), step.entity(), timeToLive);
    }
    last = step;
    if (step instanceof Step.Asked asked) {
      rows.add(Answers.write(out, asked, dimension, replay.featuresAt(asked.atMillis())));
    } else {
      apply((Step.Happened) step, dimension, rows);
    }
  }

  private boolean isOfAnotherEntity(Step step) {
    return last == null
        || last.dimension() != step.dimension()
        || !last.entity().equals(step.entity());
  }

  private void apply(Step.Happened step, OfDimension dimension, BytesSink rows) throws IOException {
    long before = replay.dropped(step.group());
    if (!replay.apply(step.group(), step.event())) {
      report.duplicate();
    } else if (writesPublished) {
      rows.add(PublishedRows.write(out, step, dimension, replay.features(step.group())));
    }
    report.dropped(replay.dropped(step.group()) - before);
  }
}
