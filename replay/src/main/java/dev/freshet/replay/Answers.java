package dev.freshet.replay;

import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.FeatureColumns.OfDimension;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.sort.PartitionedSort;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;

/** Answers to the questions of a spine, as bytes that sort in the order of its rows. */
public final class Answers {

  private final FeatureColumns columns;
  private final Ranges ranges;
  private final PartitionedSort answers;
  private FeatureValues[] ahead = {};
  private int next;
  private int range;

  /** Ranges of equal size of the rows of a spine. */
  record Ranges(long rows) {

    private static final int MOST = 128;
    private static final int FEWEST_ROWS = 4_096;

    int rowsEach() {
      return (int) Math.max(FEWEST_ROWS, (rows + MOST - 1) / MOST);
    }

    int count() {
      return (int) Math.max(1, (rows + rowsEach() - 1) / rowsEach());
    }

    int range(byte[] answer) {
      return (int) (row(answer) / rowsEach());
    }
  }

  /**
   * @param answers a partition for each range
   */
  Answers(FeatureColumns columns, Ranges ranges, PartitionedSort answers) {
    this.columns = columns;
    this.ranges = ranges;
    this.answers = answers;
  }

  /** Returns the features of the spine's next row; all are absent if the row asked nothing. */
  FeatureValues next() throws IOException {
    if (next == ahead.length) {
      ahead = new FeatureValues[ranges.rowsEach()];
      Arrays.setAll(ahead, row -> columns.absent());
      long first = (long) range * ahead.length;
      for (Iterator<byte[]> in = answers.sorted(range++); in.hasNext(); ) {
        byte[] answer = in.next();
        read(answer, columns, ahead[(int) (row(answer) - first)]);
      }
      next = 0;
    }
    return ahead[next++];
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
