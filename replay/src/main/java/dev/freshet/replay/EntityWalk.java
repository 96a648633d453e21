package dev.freshet.replay;

import dev.freshet.replay.FeatureColumns.OfDimension;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;

/** Goes through sorted steps entity by entity; hands on what is published and what is answered. */
public final class EntityWalk {

  /** Takes the rows, in the order of the steps. */
  public interface Rows {

    /** An event made a group publish; only the columns of that group may be present. */
    void published(Step.Happened step, double[] features) throws IOException;

    /** A question is answered; only the columns of its dimension may be present. */
    void answered(Step.Asked step, double[] features) throws IOException;

    /** An event came a second time and was left out. */
    void duplicate(Step.Happened step);
  }

  private final FeatureColumns columns;
  private final Duration timeToLive;
  private final boolean wantsPublished;
  private Step last;
  private EntityReplay replay;

  /**
   * @param wantsPublished whether what events publish is computed and handed on
   */
  public EntityWalk(FeatureColumns columns, Duration timeToLive, boolean wantsPublished) {
    this.columns = columns;
    this.timeToLive = timeToLive;
    this.wantsPublished = wantsPublished;
  }

  /** Walks through steps that are sorted as {@link Step} says, all of an entity or of many. */
  public void walk(Iterator<Step> steps, Rows rows) throws IOException {
    while (steps.hasNext()) {
      take(steps.next(), rows);
    }
  }

  /** Takes the next step; hands on a row at most. */
  public void take(Step step, Rows rows) throws IOException {
    OfDimension dimension = columns.dimensions().get(step.dimension());
    if (isOfAnother(step)) {
      replay = new EntityReplay(dimension.groups(), step.entity(), timeToLive);
    }
    last = step;
    if (step instanceof Step.Asked asked) {
      double[] features = columns.absent();
      replay.featuresAt(asked.atMillis(), features, dimension.start());
      rows.answered(asked, features);
    } else {
      happened((Step.Happened) step, dimension, rows);
    }
  }

  private boolean isOfAnother(Step step) {
    return last == null
        || last.dimension() != step.dimension()
        || !last.entity().equals(step.entity());
  }

  private void happened(Step.Happened step, OfDimension dimension, Rows rows) throws IOException {
    if (!replay.apply(step.group(), step.event())) {
      rows.duplicate(step);
    } else if (wantsPublished) {
      double[] features = columns.absent();
      replay.published(step.group(), features, dimension.startOf(step.group()));
      rows.published(step, features);
    }
  }
}
