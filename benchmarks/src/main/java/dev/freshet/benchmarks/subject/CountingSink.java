package dev.freshet.benchmarks.subject;

import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.util.BitSet;
import java.util.List;

/** Takes every record and keeps only how many there were. */
public final class CountingSink implements RecordSink {

  private long records;
  private long bytes;

  @Override
  public BitSet put(List<OutgoingRecord> batch) {
    records += batch.size();
    for (OutgoingRecord record : batch) {
      bytes += record.data().length;
    }
    return new BitSet(0);
  }

  public void reset() {
    records = 0;
    bytes = 0;
  }

  public long records() {
    return records;
  }

  public long bytes() {
    return bytes;
  }
}
