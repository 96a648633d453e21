package dev.freshet.replay;

import java.util.Iterator;

/** The features of a spine's rows, one after the other, of answers in their order. */
final class AnsweredRows {

  private static final int ROWS_PER_REPORT = 1_024;

  private final FeatureColumns columns;
  private final Iterator<byte[]> sorted;
  private final ReplayReport report;
  private byte[] ahead;

  AnsweredRows(FeatureColumns columns, Iterator<byte[]> sorted, ReplayReport report) {
    this.columns = columns;
    this.sorted = sorted;
    this.report = report;
    readAhead();
  }

  /** The features of the next row; all are absent where it asked nothing. */
  double[] next() {
    double[] features = columns.absent();
    while (ahead != null && Answers.row(ahead) == report.rows()) {
      Answers.read(ahead, columns, features);
      readAhead();
    }
    report.row();
    return features;
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
