package dev.freshet.history;

import dev.freshet.events.HeldEvents;
import dev.freshet.events.Selection;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.input.Columns;
import java.util.Arrays;

/** The least or the greatest value of an input. */
final class ExtremeMeasure implements Measure {

  private final Selection selection;
  private final int sign;
  private final long[] extreme;
  private boolean isEmpty = true;

  ExtremeMeasure(Selection selection, boolean isGreatest) {
    this.selection = selection;
    this.sign = isGreatest ? 1 : -1;
    this.extreme = new long[Columns.isWide(selection.input()) ? 2 : 1];
  }

  double value() {
    return Columns.toDouble(selection.input(), extreme, 0);
  }

  @Override
  public void add(HeldEvents held, int slot) {
    add(held.numbers(), slot * held.width() + selection.place());
  }

  @Override
  public boolean isEmpty() {
    return isEmpty;
  }

  @Override
  public void addEarlier(Measure earlier) {
    ExtremeMeasure other = (ExtremeMeasure) earlier;
    if (!other.isEmpty) {
      add(other.extreme, 0);
    }
  }

  private void add(long[] numbers, int place) {
    int end = place + extreme.length;
    if (isEmpty || sign * Arrays.compare(numbers, place, end, extreme, 0, extreme.length) > 0) {
      System.arraycopy(numbers, place, extreme, 0, extreme.length);
      isEmpty = false;
    }
  }

  @Override
  public boolean yieldTo(Measure later) {
    ExtremeMeasure other = (ExtremeMeasure) later;
    if (!other.isEmpty && sign * Arrays.compare(extreme, other.extreme) <= 0) {
      return false;
    }
    other.addEarlier(this);
    return true;
  }

  @Override
  public void write(SnapshotWriter out, long lastMillis) {
    for (long each : extreme) {
      out.value(each);
    }
  }

  @Override
  public void read(SnapshotReader in, long lastMillis) {
    isEmpty = false;
    Arrays.setAll(extreme, i -> in.value());
  }

  @Override
  public long sizeBytes() {
    return 64;
  }
}
