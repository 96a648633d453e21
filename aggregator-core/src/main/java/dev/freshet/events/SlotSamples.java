package dev.freshet.events;

import dev.freshet.aggregation.Samples;
import dev.freshet.input.Columns;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.Set;

/** The inputs of some held events. */
abstract class SlotSamples extends Samples {

  final Selection selection;
  final HeldEvents held;
  private final boolean isWide;
  private final double unit;
  private boolean hasMoved = true;

  SlotSamples(Selection selection, HeldEvents held) {
    this.selection = selection;
    this.held = held;
    this.isWide = selection.input() != null && Columns.isWide(selection.input());
    this.unit = selection.input() == null ? 1 : Columns.unit(selection.input());
  }

  /** Notes that an event has come or gone. */
  final void moved() {
    hasMoved = true;
    changed();
  }

  /** Returns whether an event has come or gone since {@link #settle}. */
  final boolean hasMoved() {
    return hasMoved;
  }

  /** Notes that the features are known. */
  final void settle() {
    hasMoved = false;
  }

  /** Returns the slot of the event at an index; 0 is the oldest. */
  abstract int slot(int index);

  @Override
  public long timeMillis(int index) {
    return held.time(slot(index));
  }

  @Override
  public String text(int index) {
    return held.text(slot(index), selection.place());
  }

  @Override
  public double get(int index) {
    return number(slot(index));
  }

  final double number(int slot) {
    int place = slot * held.width() + selection.place();
    return isWide || !Columns.isExact(held.numbers()[place])
        ? Columns.toDouble(selection.input(), held.numbers(), place)
        : held.numbers()[place] / unit;
  }

  @Override
  protected double[] load() {
    double[] numbers = new double[size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = number(slot(i));
    }
    return numbers;
  }

  @Override
  protected BigDecimal exactSum() {
    ExactSum sum = new ExactSum(selection.input());
    for (int i = 0; i < size(); i++) {
      sum.add(held.numbers(), slot(i) * held.width() + selection.place(), 1);
    }
    return sum.exactly();
  }

  @Override
  public int distinct() {
    Set<Object> values = new HashSet<>();
    for (int i = 0; i < size(); i++) {
      values.add(value(slot(i)));
    }
    return values.size();
  }

  /** Returns the text or number of an event, as an object that equals those of equal values. */
  final Object value(int slot) {
    if (selection.input().isText()) {
      return held.text(slot, selection.place());
    }
    int place = slot * held.width() + selection.place();
    return isWide
        ? (Object) (held.numbers()[place] + "," + held.numbers()[place + 1])
        : (Object) held.numbers()[place];
  }
}
