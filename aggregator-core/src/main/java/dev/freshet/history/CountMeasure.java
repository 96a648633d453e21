package dev.freshet.history;

import dev.freshet.events.HeldEvents;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;

/** The number of events. */
final class CountMeasure implements Measure {

  private long count;

  long count() {
    return count;
  }

  @Override
  public void add(HeldEvents held, int slot) {
    count++;
  }

  @Override
  public boolean isEmpty() {
    return count == 0;
  }

  @Override
  public void addEarlier(Measure earlier) {
    count += ((CountMeasure) earlier).count;
  }

  @Override
  public void write(SnapshotWriter out, long lastMillis) {
    out.number(count);
  }

  @Override
  public void read(SnapshotReader in, long lastMillis) {
    count = in.number();
  }

  @Override
  public long sizeBytes() {
    return 24;
  }
}
