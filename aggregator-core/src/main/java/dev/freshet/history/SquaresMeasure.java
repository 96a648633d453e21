package dev.freshet.history;

import dev.freshet.events.HeldEvents;
import dev.freshet.events.Selection;
import dev.freshet.events.SquareSum;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;

/** The exact sum of the squares of an input. */
final class SquaresMeasure implements Measure {

  private final Selection selection;
  private final SquareSum squares;

  SquaresMeasure(Selection selection) {
    this.selection = selection;
    this.squares = new SquareSum(selection.input());
  }

  SquareSum squares() {
    return squares;
  }

  @Override
  public void add(HeldEvents held, int slot) {
    squares.add(held.numbers(), slot * held.width() + selection.place(), 1);
  }

  @Override
  public boolean isEmpty() {
    return false; // it cannot tell from numbers whose sum is 0
  }

  @Override
  public void addEarlier(Measure earlier) {
    squares.add(((SquaresMeasure) earlier).squares);
  }

  @Override
  public void write(SnapshotWriter out, long lastMillis) {
    squares.write(out);
  }

  @Override
  public void read(SnapshotReader in, long lastMillis) {
    squares.read(in);
  }

  @Override
  public long sizeBytes() {
    return 96;
  }
}
