package dev.freshet.operations.rebuild;

import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultReader;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds results until all events are processed, so that no model reads a count of the first few
 * events. Puts only the last result of each key: at the end, or when too many keys wait.
 */
final class LastResults implements RecordSink {

  private static final int MOST_KEYS = 100_000;

  private final EventPutter putter;
  private final String stream;
  private final Map<String, OutgoingEvent> newest = new LinkedHashMap<>();
  private long published;

  /**
   * @param putter closed by the caller
   * @param stream the full name of the stream of results
   */
  LastResults(EventPutter putter, String stream) {
    this.putter = putter;
    this.stream = stream;
  }

  @Override
  public BitSet put(List<OutgoingRecord> records) {
    for (OutgoingRecord record : records) {
      newest.put(
          read(record).key(),
          new OutgoingEvent(stream, record.partitionKey(), record.data(), Optional.empty()));
    }
    if (newest.size() > MOST_KEYS) {
      publish();
    }
    return new BitSet();
  }

  /**
   * Puts all held results; returns when they are acknowledged.
   *
   * @throws dev.freshet.operations.events.EventPutException if Kinesis refuses all attempts
   */
  void publish() {
    putter.putAll(new ArrayList<>(newest.values()));
    published += newest.size();
    newest.clear();
  }

  long published() {
    return published;
  }

  private static FeatureResult read(OutgoingRecord record) {
    try {
      return ResultReader.read(ByteBuffer.wrap(record.data()));
    } catch (IOException e) {
      throw new UncheckedIOException("the engine's own result cannot be read", e);
    }
  }
}
