package dev.freshet.testing;

import dev.freshet.kinesis.OutgoingRecord;
import dev.freshet.kinesis.RecordSink;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Keeps what it is given; fails what a test tells it to. */
public final class RecordingSink implements RecordSink {

  private final List<OutgoingRecord> records = new ArrayList<>();
  private BitSet failing = new BitSet();

  /** The indexes of the next call that are not acknowledged. */
  public void failNext(int... indexes) {
    for (int index : indexes) {
      failing.set(index);
    }
  }

  /** What was acknowledged since the last call of this method. */
  public List<OutgoingRecord> drain() {
    List<OutgoingRecord> drained = List.copyOf(records);
    records.clear();
    return drained;
  }

  @Override
  public BitSet put(List<OutgoingRecord> put) {
    BitSet failed = failing;
    failing = new BitSet();
    for (int i = 0; i < put.size(); i++) {
      if (!failed.get(i)) {
        records.add(put.get(i));
      }
    }
    return failed;
  }
}
