package dev.freshet.replay;

import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.FeatureColumns.OfDimension;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import java.util.Iterator;

/** Answers to the questions of a spine, as bytes that sort in the order of its rows. */
public final class Answers {

  private final FeatureColumns columns;
  private final Iterator<byte[]> sorted;
  private long row;
  private byte[] ahead;

  Answers(FeatureColumns columns, Iterator<byte[]> sorted) {
    this.columns = columns;
    this.sorted = sorted;
    readAhead();
  }

  /** Returns the features of the spine's next row; all are absent if the row asked nothing. */
  FeatureValues next() {
    FeatureValues features = columns.absent();
    while (ahead != null && row(ahead) == row) {
      read(ahead, columns, features);
      readAhead();
    }
    row++;
    return features;
  }

  private void readAhead() {
    ahead = sorted.hasNext() ? sorted.next() : null;
  }

  /** Writes the number of the row, the index of the dimension, and its features. */
  static byte[] write(
      KeyWriter out, Step.Asked asked, OfDimension dimension, FeatureValues features) {
    out.number(asked.row()).small(asked.dimension());
    dimension.write(features, asked.atMillis(), out);
    return out.take();
  }

  /** Returns the number of the row of an answer. */
  public static long row(byte[] answer) {
    return new KeyReader(answer).number();
  }

  /** Copies an answer into the features of its row. */
  public static void read(byte[] answer, FeatureColumns columns, FeatureValues features) {
    KeyReader in = new KeyReader(answer);
    in.number();
    columns.dimensions().get(in.small()).read(in, features);
  }
}
