package dev.freshet.operations.redrive;

import dev.freshet.aws.emulator.stream.ShardRecord;
import dev.freshet.aws.emulator.stream.StreamScan;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Lists dead letters or the records of discarded batches, and puts them back if asked to. */
public final class Redrive {

  private static final String DEAD_LETTERS = "dead-letters";

  private final KinesisClient kinesis;
  private final LetterFilter filter;
  private final boolean puts;
  private final Instant now;
  private final PrintWriter out;
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
  }

  /**
   * Redrives the letters of the stream {@code dead-letters}.
   *
   * @throws IllegalStateException if some letters cannot be put back; all others are
   */
  public void letters() {
    String stream = filter.streamPrefix() + DEAD_LETTERS;
    try (DistinctRecords records = new DistinctRecords(kinesis, puts)) {
      StreamScan.read(
          kinesis, stream, Optional.empty(), now, (shard, each) -> letter(each, records));
      records.flush();
      report("%d dead letters, %d distinct records".formatted(listed, records.distinct()));
    }
    if (cut > 0 || unreadable > 0) {
      throw new IllegalStateException(
          "left out: %d letters that hold only the start of a record, which its producer has to"
                  .formatted(cut)
              + " send again, and %d records that are no dead letters".formatted(unreadable));
    }
  }

  private void letter(ShardRecord found, DistinctRecords records) {
    try {
      Letter letter = Letter.read(found.partitionKey(), found.data());
      if (filter.matches(letter)) {
        out.println(letter.line());
        listed++;
        if (letter.isCut()) {
          cut++;
        } else {
          records.add(letter.stream(), letter.partitionKey(), letter.payload());
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
    try (DistinctRecords records = new DistinctRecords(kinesis, puts)) {
      for (DiscardedBatch batch : DiscardedBatch.readAll(documents)) {
        if (filter.matchesStream(batch.stream()) && filter.isInTime(batch.at())) {
          out.println(batch.line());
          listed++;
          missing += Math.max(0, batch.size() - add(batch, records));
        }
      }
      records.flush();
      report("%d discarded batches, %d distinct records".formatted(listed, records.distinct()));
    }
    if (missing > 0) {
      throw new IllegalStateException(
          missing + " records are no longer in their streams: send them again from their source");
    }
  }

  /** Adds the records of a batch that the stream still has, and returns how many. */
  private int add(DiscardedBatch batch, DistinctRecords records) {
    int[] found = {0};
    StreamScan.read(
        kinesis,
        batch.stream(),
        batch.shardId(),
        batch.first(),
        batch.last(),
        each -> {
          records.add(batch.stream(), each.partitionKey(), each.data());
          found[0]++;
        });
    return found[0];
  }

  private void report(String counts) {
    out.println(counts + (puts ? ": put back" : ": nothing was put, --replay puts them back"));
    out.flush();
  }
}
