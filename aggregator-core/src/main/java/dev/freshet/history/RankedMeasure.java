package dev.freshet.history;

import com.datadoghq.sketch.ddsketch.mapping.IndexMapping;
import com.datadoghq.sketch.ddsketch.mapping.LogarithmicMapping;
import dev.freshet.events.HeldEvents;
import dev.freshet.events.Selection;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Columns;
import java.util.Arrays;

/**
 * How many values of an input fall into each bin of a DDSketch: Masson, Rim, Lee, "DDSketch: a fast
 * and fully-mergeable quantile sketch with relative-error guarantees", 2019. A value of any rank is
 * known to 1 %.
 */
final class RankedMeasure implements Measure {

  private static final IndexMapping MAPPING = new LogarithmicMapping(0.01);

  /** Greater than the index of any bin; bins of positive numbers come after that of 0. */
  private static final int SHIFT = 1 << 20;

  private final Selection selection;
  private int[] bins = new int[4];
  private long[] counts = new long[4];
  private int size;

  RankedMeasure(Selection selection) {
    this.selection = selection;
  }

  @Override
  public void add(HeldEvents held, int slot) {
    int place = slot * held.width() + selection.place();
    add(bin(Columns.toDouble(selection.input(), held.numbers(), place)), 1);
  }

  @Override
  public boolean isEmpty() {
    return size == 0;
  }

  @Override
  public void addEarlier(Measure earlier) {
    RankedMeasure other = (RankedMeasure) earlier;
    if (size == 0) {
      bins = other.bins.clone();
      counts = other.counts.clone();
      size = other.size;
      return;
    }
    for (int i = 0; i < other.size; i++) {
      add(other.bins[i], other.counts[i]);
    }
  }

  private static int bin(double value) {
    if (value == 0) {
      return 0;
    }
    int bin = SHIFT + MAPPING.index(Math.abs(value));
    return value > 0 ? bin : -bin;
  }

  private static double value(int bin) {
    if (bin == 0) {
      return 0;
    }
    double value = MAPPING.value(Math.abs(bin) - SHIFT);
    return bin > 0 ? value : -value;
  }

  private void add(int bin, long count) {
    int place = Arrays.binarySearch(bins, 0, size, bin);
    if (place >= 0) {
      counts[place] += count;
      return;
    }
    place = -place - 1;
    if (size == bins.length) {
      bins = Arrays.copyOf(bins, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
    System.arraycopy(bins, place, bins, place + 1, size - place);
    System.arraycopy(counts, place, counts, place + 1, size - place);
    bins[place] = bin;
    counts[place] = count;
    size++;
  }

  /**
   * Returns the value at a rank; 0 is the smallest.
   *
   * @param n the number of values; fewer are known if an earlier declaration did not keep them
   */
  double ranked(long rank, long n) {
    if (rank > n / 2) {
      return rankedFromAbove(n - 1 - rank);
    }
    int i = 0;
    for (long rest = rank; i < size - 1 && rest >= counts[i]; i++) {
      rest -= counts[i];
    }
    return value(bins[i]);
  }

  private double rankedFromAbove(long rank) {
    int i = size - 1;
    for (long rest = rank; i > 0 && rest >= counts[i]; i--) {
      rest -= counts[i];
    }
    return value(bins[i]);
  }

  @Override
  public void write(SnapshotWriter out, long lastMillis) {
    out.number(size);
    int before = SHIFT;
    for (int i = 0; i < size; i++) {
      out.signed(bins[i] - before).number(counts[i]);
      before = bins[i] + 1;
    }
  }

  @Override
  public void read(SnapshotReader in, long lastMillis) {
    size = (int) in.number();
    bins = new int[Math.max(4, size)];
    counts = new long[bins.length];
    int before = SHIFT;
    for (int i = 0; i < size; i++) {
      bins[i] = before + (int) in.signed();
      counts[i] = in.number();
      before = bins[i] + 1;
    }
  }

  @Override
  public long sizeBytes() {
    return 80 + 12L * bins.length;
  }
}
