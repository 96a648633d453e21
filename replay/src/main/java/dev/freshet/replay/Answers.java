package dev.freshet.replay;

import dev.freshet.replay.FeatureColumns.OfDimension;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;

/** The answers to a spine's questions, as bytes that sort in the order of the rows that ask. */
public final class Answers implements EntityWalk.Rows {

  private final FeatureColumns columns;
  private final RowSink answers;
  private final ReplayReport report;
  private final KeyWriter out = new KeyWriter();

  /**
   * @param answers takes the answers, in the order of the steps
   * @param report counts the duplicates
   */
  public Answers(FeatureColumns columns, RowSink answers, ReplayReport report) {
    this.columns = columns;
    this.answers = answers;
    this.report = report;
  }

  @Override
  public void published(Step.Happened step, double[] features) {
    throw new IllegalStateException("what is published is not wanted: " + step);
  }

  /** The row's number, the dimension, its features. */
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

  /** The number of the row that an answer is for. */
  public static long row(byte[] answer) {
    return new KeyReader(answer).number();
  }

  /** Puts an answer into the features of its row. */
  public static void read(byte[] answer, FeatureColumns columns, double[] features) {
    KeyReader in = new KeyReader(answer);
    in.number();
    OfDimension dimension = columns.dimensions().get(in.small());
    for (int i = 0; i < dimension.width(); i++) {
      features[dimension.start() + i] = in.bits();
    }
  }
}
