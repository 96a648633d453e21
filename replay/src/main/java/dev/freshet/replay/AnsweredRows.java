package dev.freshet.replay;

import dev.freshet.replay.FeatureColumns.OfDimension;
import dev.freshet.replay.sort.ExternalSort;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;
import java.util.Iterator;

/** The answers to a spine's rows, put into their order. */
final class AnsweredRows implements EntityWalk.Rows {

  private static final int ROWS_PER_REPORT = 1_024;

  private final FeatureColumns columns;
  private final ExternalSort answers;
  private final ReplayReport report;
  private final KeyWriter out = new KeyWriter();
  private Iterator<byte[]> sorted;
  private byte[] ahead;

  AnsweredRows(FeatureColumns columns, ExternalSort answers, ReplayReport report) {
    this.columns = columns;
    this.answers = answers;
    this.report = report;
  }

  @Override
  public void published(Step.Happened step, double[] features) {
    throw new IllegalStateException("what is published is not wanted: " + step);
  }

  @Override
  public void answered(Step.Asked step, double[] features) throws IOException {
    OfDimension dimension = columns.dimensions().get(step.dimension());
    out.number(step.row()).small(step.dimension());
    for (int i = 0; i < dimension.width(); i++) {
      out.bits(features[dimension.start() + i]);
    }
    answers.add(out.take());
  }

  @Override
  public void duplicate(Step.Happened step) {
    report.duplicate();
  }

  /** All answers are there. */
  void start() throws IOException {
    sorted = answers.sorted();
    readAhead();
  }

  /** The features of the next row; all are absent where it asked nothing. */
  double[] next() {
    double[] features = columns.absent();
    while (ahead != null && take(features)) {
      readAhead();
    }
    report.row();
    return features;
  }

  /** Takes the answer ahead if it is the row's that is next. */
  private boolean take(double[] features) {
    KeyReader in = new KeyReader(ahead);
    if (in.number() != report.rows()) {
      return false;
    }
    OfDimension dimension = columns.dimensions().get(in.small());
    for (int i = 0; i < dimension.width(); i++) {
      features[dimension.start() + i] = in.bits();
    }
    return true;
  }

  private void readAhead() {
    ahead = sorted.hasNext() ? sorted.next() : null;
  }

  void report(Progress progress, long all) {
    if (report.rows() % ROWS_PER_REPORT == 0) {
      progress.at("writing", report.rows(), all);
    }
  }
}
