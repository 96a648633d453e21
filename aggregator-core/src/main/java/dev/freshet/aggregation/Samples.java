package dev.freshet.aggregation;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The values that an aggregation sees, oldest first; at least one, all finite. They are numbers or
 * texts, as the input is.
 *
 * <p>Computes intermediate values once, on first use, for all aggregations. Not safe for use by
 * several threads.
 */
public abstract class Samples {

  private double[] values;
  private double[] sorted;
  private double[] deviations;
  private double squaredDeviations = Double.NaN;
  private Map<Class<?>, Object> memos;

  /**
   * Creates samples of values, oldest first, one millisecond apart; the array is not copied and
   * must not change afterwards.
   *
   * @throws IllegalArgumentException if there is no value
   */
  public static Samples of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("samples must hold at least one value: []");
    }
    return new OfArray(values);
  }

  /** Returns the number of values. */
  public abstract int size();

  /** Returns the number of values, which may be more than {@link #size} can tell. */
  public long count() {
    return size();
  }

  /** Returns the time of an event, in epoch milliseconds; 0 is the oldest. */
  public abstract long timeMillis(int index);

  /** Returns the text at an index; 0 is the oldest. */
  public abstract String text(int index);

  /** Returns the values as an array. */
  protected abstract double[] load();

  /** Returns the exact sum. */
  protected abstract BigDecimal exactSum();

  /** Returns the value at an index; 0 is the oldest. */
  public double get(int index) {
    return values()[index];
  }

  private double[] values() {
    if (values == null) {
      values = load();
    }
    return values;
  }

  /** Drops what was computed, as the values have changed. */
  protected final void changed() {
    values = null;
    sorted = null;
    deviations = null;
    squaredDeviations = Double.NaN;
    memos = null;
  }

  /** Returns the nearest double to the exact sum. */
  public double sum() {
    return exactSum().doubleValue();
  }

  /** Returns the mean. */
  public double mean() {
    return meanOfNewest(size());
  }

  /** Returns the greatest or the smallest value. */
  public double extreme(boolean isGreatest) {
    double[] all = values();
    double extreme = all[0];
    for (double each : all) {
      extreme = isGreatest ? Math.max(extreme, each) : Math.min(extreme, each);
    }
    return extreme;
  }

  /** Returns the value at a rank; 0 is the smallest. */
  public double ranked(int rank) {
    if (sorted == null) {
      sorted = values().clone();
      Arrays.sort(sorted);
    }
    return sorted[rank];
  }

  /** Returns the number of different values. */
  public abstract int distinct();

  /** Returns how often each text occurs. */
  public Map<String, Integer> textCounts() {
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < size(); i++) {
      counts.merge(text(i), 1, Integer::sum);
    }
    return counts;
  }

  /** Returns the mean of the newest {@code k} values, 1 ≤ k ≤ size. */
  public double meanOfNewest(int k) {
    int start = size() - k;
    return get(start) + meanAboveValueAt(start);
  }

  /** Returns the sum of (value − mean)². */
  public double squaredDeviations() {
    if (Double.isNaN(squaredDeviations)) {
      squaredDeviations = sumOfSquares(deviations());
    }
    return squaredDeviations;
  }

  /** Returns value − mean at an index; exactly 0 everywhere if all values are equal. */
  public double deviation(int index) {
    return deviations()[index];
  }

  /** Returns value − mean for each value; not copied. */
  public double[] deviations() {
    if (deviations == null) {
      double[] all = values();
      double mean = meanAboveValueAt(0);
      deviations = new double[all.length];
      for (int i = 0; i < all.length; i++) {
        deviations[i] = all[i] - all[0] - mean;
      }
    }
    return deviations;
  }

  /** Returns an intermediate result that several aggregations share; computes it once. */
  public <T> T once(Class<T> type, Function<Samples, T> computation) {
    if (memos == null) {
      memos = new HashMap<>();
    }
    return type.cast(memos.computeIfAbsent(type, unseen -> computation.apply(this)));
  }

  /**
   * Returns the mean of the values from {@code start} on, minus the first of them. Summing
   * differences to one value avoids the loss of digits that a large common offset causes, and makes
   * the mean of equal values exact.
   */
  private double meanAboveValueAt(int start) {
    double[] all = values();
    double sum = 0;
    for (int i = start; i < all.length; i++) {
      sum += all[i] - all[start];
    }
    return sum / (all.length - start);
  }

  private static double sumOfSquares(double[] terms) {
    double sum = 0;
    for (double term : terms) {
      sum += term * term;
    }
    return sum;
  }

  /** See {@link #of}. */
  private static final class OfArray extends Samples {

    private final double[] numbers;

    OfArray(double[] numbers) {
      this.numbers = numbers;
    }

    @Override
    public int size() {
      return numbers.length;
    }

    @Override
    public long timeMillis(int index) {
      return index;
    }

    @Override
    public String text(int index) {
      throw new UnsupportedOperationException("these samples are numbers");
    }

    @Override
    protected double[] load() {
      return numbers;
    }

    @Override
    protected BigDecimal exactSum() {
      return Arrays.stream(numbers)
          .mapToObj(BigDecimal::new)
          .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    @Override
    public int distinct() {
      return (int) Arrays.stream(numbers).distinct().count();
    }
  }
}
