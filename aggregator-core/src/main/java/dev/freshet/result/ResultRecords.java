package dev.freshet.result;

import dev.freshet.stream.OutgoingRecord;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Packs results into records of the results stream: one JSON object a line, as many as fit the unit
 * by which Kinesis bills a record.
 */
public final class ResultRecords {

  /** Kinesis counts records in units of 25 kB. */
  private static final int MOST_BYTES = 25_000;

  private final List<OutgoingRecord> records = new ArrayList<>();

  /** For each record the index of the result after its last one. */
  private final List<Integer> ends = new ArrayList<>();

  private ResultRecords() {}

  /** Packs results in their order; a result that is larger than a unit has a record of its own. */
  public static ResultRecords of(List<FeatureResult> results) {
    ResultRecords packed = new ResultRecords();
    ResultJson json = new ResultJson();
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    int first = 0;
    for (int i = 0; i < results.size(); i++) {
      byte[] line = json.bytes(results.get(i));
      if (lines.size() > 0 && lines.size() + 1 + line.length > MOST_BYTES) {
        packed.add(results.get(first), lines, i);
        first = i;
      }
      if (lines.size() > 0) {
        lines.write('\n');
      }
      lines.write(line, 0, line.length);
    }
    if (lines.size() > 0) {
      packed.add(results.get(first), lines, results.size());
    }
    return packed;
  }

  private void add(FeatureResult first, ByteArrayOutputStream lines, int end) {
    String key = first.dimension() + ":" + first.key();
    records.add(new OutgoingRecord(key, lines.toByteArray()));
    ends.add(end);
    lines.reset();
  }

  public List<OutgoingRecord> records() {
    return records;
  }

  /** Returns the lines of a record, each of them a result. */
  public static List<ByteBuffer> lines(ByteBuffer data) {
    byte[] bytes = new byte[data.remaining()];
    data.duplicate().get(bytes);
    ByteBuffer copy = ByteBuffer.wrap(bytes);
    List<ByteBuffer> lines = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\n') {
        addLine(copy, start, i, lines);
        start = i + 1;
      }
    }
    if (start < bytes.length || lines.isEmpty()) {
      lines.add(copy.duplicate().position(start));
    }
    return lines;
  }

  private static void addLine(ByteBuffer data, int start, int end, List<ByteBuffer> lines) {
    if (start < end) {
      lines.add(data.duplicate().position(start).limit(end));
    }
  }

  /**
   * Reads the results of a record.
   *
   * @throws IOException if one of its lines is not a result; the message says why
   */
  public static List<FeatureResult> read(byte[] data) throws IOException {
    List<FeatureResult> results = new ArrayList<>();
    for (ByteBuffer line : lines(ByteBuffer.wrap(data))) {
      results.add(ResultReader.read(line));
    }
    return results;
  }

  /** Returns the indexes of the results that some of the records hold. */
  public BitSet results(BitSet ofRecords) {
    BitSet results = new BitSet();
    ofRecords.stream().forEach(i -> results.set(i == 0 ? 0 : ends.get(i - 1), ends.get(i)));
    return results;
  }
}
