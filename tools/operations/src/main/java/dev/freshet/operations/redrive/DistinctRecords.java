package dev.freshet.operations.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.OutgoingEvent;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Puts records back into their streams, each distinct record once. Several dead letters or
 * discarded batches may hold the same record.
 */
final class DistinctRecords implements AutoCloseable {

  private static final int ROUND = 500;

  private final boolean puts;
  private final EventPutter putter;
  private final Set<ByteBuffer> seen = new HashSet<>();
  private final List<OutgoingEvent> waiting = new ArrayList<>();

  /**
   * @param puts whether to put records, or only to count them
   */
  DistinctRecords(KinesisClient kinesis, boolean puts) {
    this.puts = puts;
    this.putter = new EventPutter(kinesis, "");
  }

  /**
   * Adds a record, to be put together with others.
   *
   * @throws dev.freshet.operations.events.EventPutException if Kinesis refuses all attempts
   */
  void add(String stream, String partitionKey, byte[] data) {
    if (seen.add(digest(stream, data)) && puts) {
      waiting.add(new OutgoingEvent(stream, partitionKey, data, Optional.empty()));
      if (waiting.size() == ROUND) {
        flush();
      }
    }
  }

  /** Puts all added records; returns when they are acknowledged. */
  void flush() {
    putter.putAll(waiting);
    waiting.clear();
  }

  /** Returns how many distinct records were added. */
  int distinct() {
    return seen.size();
  }

  private static ByteBuffer digest(String stream, byte[] data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(stream.getBytes(UTF_8));
      digest.update((byte) 0);
      return ByteBuffer.wrap(digest.digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public void close() {
    putter.close();
  }
}
