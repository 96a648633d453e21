package dev.freshet.benchmarks.subject;

import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Keeps results until they are taken on to the feature store. */
public final class HeldResults implements RecordSink {

  private List<OutgoingRecord> held = new ArrayList<>();

  @Override
  public BitSet put(List<OutgoingRecord> records) {
    held.addAll(records);
    return new BitSet(0);
  }

  public List<OutgoingRecord> take() {
    List<OutgoingRecord> taken = held;
    held = new ArrayList<>();
    return taken;
  }
}
