package dev.freshet.events;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The events of a time window that some features see. Events enter and leave one by one; sums, the
 * order of values and their frequencies are kept up to date from the first time they are asked for.
 */
final class WindowSeries extends SlotSamples {

  private final WindowCursor cursor;
  private int size;
  private int[] slots;
  private ExactSum sum;
  private SquareSum squares;
  private SortedValues sorted;
  private Map<Object, int[]> counts;

  WindowSeries(Selection selection, HeldEvents held, WindowCursor cursor) {
    super(selection, held);
    this.cursor = cursor;
  }

  /**
   * Lets an event enter or leave the window.
   *
   * @param sign 1 to enter, −1 to leave
   */
  void count(int slot, int sign) {
    if (!held.isSeen(selection, slot)) {
      return;
    }
    size += sign;
    slots = null;
    moved();
    int place = slot * held.width() + selection.place();
    if (sum != null) {
      sum.add(held.numbers(), place, sign);
    }
    if (squares != null) {
      squares.add(held.numbers(), place, sign);
    }
    if (sorted != null && sign > 0) {
      sorted.add(number(slot));
    } else if (sorted != null) {
      sorted.remove(number(slot));
    }
    if (counts != null) {
      count(value(slot), sign);
    }
  }

  private void count(Object value, int sign) {
    int[] found = counts.computeIfAbsent(value, unseen -> new int[1]);
    found[0] += sign;
    if (found[0] == 0) {
      counts.remove(value);
    }
  }

  @Override
  public int size() {
    return size;
  }

  /** Finds the first and the last event without listing all. */
  @Override
  int slot(int index) {
    if (slots == null && (index == 0 || index == size - 1)) {
      return index == 0 ? cursor.firstSeen(selection) : cursor.lastSeen(selection);
    }
    return slots()[index];
  }

  private int[] slots() {
    if (slots == null) {
      slots = cursor.allSeen(selection, size);
    }
    return slots;
  }

  @Override
  protected BigDecimal exactSum() {
    return sums().exactly();
  }

  private ExactSum sums() {
    if (sum == null) {
      sum = new ExactSum(selection.input());
      for (int slot : slots()) {
        sum.add(held.numbers(), slot * held.width() + selection.place(), 1);
      }
    }
    return sum;
  }

  @Override
  public double sum() {
    return sums().sum();
  }

  @Override
  public double mean() {
    return sums().mean(size);
  }

  @Override
  public double squaredDeviations() {
    if (squares == null) {
      squares = new SquareSum(selection.input());
      for (int slot : slots()) {
        squares.add(held.numbers(), slot * held.width() + selection.place(), 1);
      }
    }
    return squares.squaredDeviations(size, sums());
  }

  @Override
  public double ranked(int rank) {
    if (sorted == null) {
      sorted = new SortedValues();
      double[] values = load();
      Arrays.sort(values);
      for (double value : values) {
        sorted.add(value);
      }
    }
    return sorted.ranked(rank);
  }

  @Override
  public double extreme(boolean isGreatest) {
    return ranked(isGreatest ? size - 1 : 0);
  }

  @Override
  public int distinct() {
    return counts().size();
  }

  @Override
  public Map<String, Integer> textCounts() {
    Map<String, Integer> texts = new HashMap<>();
    counts().forEach((text, count) -> texts.put((String) text, count[0]));
    return texts;
  }

  private Map<Object, int[]> counts() {
    if (counts == null) {
      counts = new HashMap<>();
      for (int slot : slots()) {
        count(value(slot), 1);
      }
    }
    return counts;
  }

  long sizeBytes() {
    return 128L
        + (slots == null ? 0 : 4L * slots.length)
        + (sorted == null ? 0 : sorted.sizeBytes())
        + (counts == null ? 0 : 72L * counts.size());
  }
}
