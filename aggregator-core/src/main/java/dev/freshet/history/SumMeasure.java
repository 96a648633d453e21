package dev.freshet.history;

import dev.freshet.events.ExactSum;
import dev.freshet.events.HeldEvents;
import dev.freshet.events.Selection;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;

/** The exact sum of an input. */
final class SumMeasure implements Measure {

  private final Selection selection;
  private final ExactSum sum;

  SumMeasure(Selection selection) {
    this.selection = selection;
    this.sum = new ExactSum(selection.input());
  }

  ExactSum sum() {
    return sum;
  }

  @Override
  public void add(HeldEvents held, int slot) {
    sum.add(held.numbers(), slot * held.width() + selection.place(), 1);
  }

  @Override
  public boolean isEmpty() {
    return false; // it cannot tell from numbers whose sum is 0
  }

  @Override
  public void addEarlier(Measure earlier) {
    sum.add(((SumMeasure) earlier).sum);
  }

  @Override
  public void write(SnapshotWriter out, long lastMillis) {
    sum.write(out);
  }

  @Override
  public void read(SnapshotReader in, long lastMillis) {
    sum.read(in);
  }

  @Override
  public long sizeBytes() {
    return 64;
  }
}
