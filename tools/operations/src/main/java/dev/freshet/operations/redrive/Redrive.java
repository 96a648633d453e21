package dev.freshet.operations.redrive;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.shard.ShardRecord;
import dev.freshet.shard.StreamScan;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Lists dead letters or the records of discarded batches, and puts them back if asked to: each
 * distinct record once, because several letters or batches may hold the same record.
 */
public final class Redrive implements AutoCloseable {

  private static final String DEAD_LETTERS = "dead-letters";
  private static final int ROUND = 500;

  private final KinesisClient kinesis;
  private final LetterFilter filter;
  private final boolean puts;
  private final Instant now;
  private final PrintWriter out;
  private final EventPutter putter;
  private final Set<ByteBuffer> seen = new HashSet<>();
  private final List<OutgoingEvent> waiting = new ArrayList<>();
  private int listed;
  private int cut;
  private int unreadable;

  /**
   * Prepares one redrive.
   *
   * @param kinesis closed by the caller
   * @param puts whether to put records back, or only to list them
   * @param now the current time: later arrivals are not read
   */
  public Redrive(
      KinesisClient kinesis, LetterFilter filter, boolean puts, Instant now, PrintWriter out) {
    this.kinesis = kinesis;
    this.filter = filter;
    this.puts = puts;
    this.now = now;
    this.out = out;
    this.putter = new EventPutter(kinesis, "");
  }

  /**
   * Redrives the letters of the stream {@code dead-letters}.
   *
   * @throws IllegalStateException if some letters cannot be put back; all others are
   */
  public void letters() {
    String stream = filter.streamPrefix() + DEAD_LETTERS;
    StreamScan.read(kinesis, stream, Optional.empty(), now, (shard, each) -> letter(each));
    flush();
    report("dead letters");
    if (cut > 0 || unreadable > 0) {
      throw new IllegalStateException(
          "left out: %d letters that hold only the start of a record, which its producer has to"
                  .formatted(cut)
              + " send again, and %d records that are no dead letters".formatted(unreadable));
    }
  }

  private void letter(ShardRecord found) {
    try {
      Letter letter = Letter.read(found.data());
      if (filter.matches(letter)) {
        out.println(letter.line());
        listed++;
        if (letter.isCut()) {
          cut++;
        } else {
          add(letter.stream(), found.partitionKey(), letter.payload());
        }
      }
    } catch (IOException e) {
      unreadable++;
    }
  }

  /**
   * Redrives the records of discarded batches that their streams still have.
   *
   * @param documents see {@link DiscardedBatch#readAll}
   * @throws IOException if the documents cannot be read
   * @throws IllegalStateException if records are gone; all others are put back
   */
  public void discarded(InputStream documents) throws IOException {
    int missing = 0;
    for (DiscardedBatch batch : DiscardedBatch.readAll(documents)) {
      if (filter.matchesStream(batch.stream()) && filter.isInTime(batch.at())) {
        out.println(batch.line());
        listed++;
        missing += Math.max(0, batch.size() - add(batch));
      }
    }
    flush();
    report("discarded batches");
    if (missing > 0) {
      throw new IllegalStateException(
          missing + " records are no longer in their streams: send them again from their source");
    }
  }

  /** Adds the records of a batch that the stream still has, and returns how many. */
  private int add(DiscardedBatch batch) {
    int[] found = {0};
    StreamScan.read(
        kinesis,
        batch.stream(),
        batch.shardId(),
        batch.first(),
        batch.last(),
        each -> {
          add(batch.stream(), each.partitionKey(), each.data());
          found[0]++;
        });
    return found[0];
  }

  private void add(String stream, String partitionKey, byte[] data) {
    if (seen.add(digest(stream, data)) && puts) {
      waiting.add(new OutgoingEvent(stream, partitionKey, data, Optional.empty()));
      if (waiting.size() == ROUND) {
        flush();
      }
    }
  }

  private void flush() {
    putter.putAll(waiting);
    waiting.clear();
  }

  private static ByteBuffer digest(String stream, byte[] data) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((stream + '\0').getBytes(UTF_8));
      return ByteBuffer.wrap(digest.digest(data));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void report(String what) {
    String outcome = puts ? "put back" : "nothing was put, --replay puts them back";
    out.println("%d %s, %d distinct records: %s".formatted(listed, what, seen.size(), outcome));
  }

  @Override
  public void close() {
    putter.close();
  }
}
