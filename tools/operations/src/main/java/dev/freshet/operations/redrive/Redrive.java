package dev.freshet.operations.redrive;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;

/** Lists what was not processed and, if asked to, puts it back where it came from. */
public final class Redrive {

  private static final String DEAD_LETTERS = "dead-letters";

  private final KinesisClient kinesis;
  private final LetterFilter filter;
  private final boolean puts;
  private final Instant now;
  private final PrintWriter out;

  /**
   * @param kinesis stays the caller's to close
   * @param puts whether records are put back, or only listed
   * @param now the clock: what arrives later is not looked at
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
   * The letters of the stream {@code dead-letters}.
   *
   * @throws IllegalStateException if some cannot be replayed; all others are done
   */
  public void letters() {
    String stream = filter.streamPrefix() + DEAD_LETTERS;
    LetterCount count = new LetterCount();
    try (Replay replay = new Replay(kinesis, puts)) {
      StreamScan.read(
          kinesis, stream, Optional.empty(), now, (shard, each) -> letter(each, replay, count));
      replay.flush();
      say("%d dead letters, %d distinct records".formatted(count.listed(), replay.distinct()));
    }
    count.complain();
  }

  private void letter(Record found, Replay replay, LetterCount count) {
    try {
      Letter letter = Letter.read(found.partitionKey(), found.data().asByteArrayUnsafe());
      if (filter.matches(letter)) {
        out.println(letter.line());
        count.list(letter);
        if (!letter.isCut()) {
          replay.add(letter.stream(), letter.partitionKey(), letter.payload());
        }
      }
    } catch (IOException e) {
      count.unreadable();
    }
  }

  /**
   * The records of discarded batches, as far as their streams still have them.
   *
   * @param documents see {@link DiscardedBatch#readAll}
   * @throws IOException if they cannot be read
   * @throws IllegalStateException if records are gone; all others are done
   */
  public void discarded(InputStream documents) throws IOException {
    int batches = 0;
    int missing = 0;
    try (Replay replay = new Replay(kinesis, puts)) {
      for (DiscardedBatch batch : DiscardedBatch.readAll(documents)) {
        if (filter.matchesStream(batch.stream()) && filter.isInTime(batch.at())) {
          out.println(batch.line());
          batches++;
          missing += Math.max(0, batch.size() - records(batch, replay));
        }
      }
      replay.flush();
      say("%d discarded batches, %d distinct records".formatted(batches, replay.distinct()));
    }
    if (missing > 0) {
      throw new IllegalStateException(
          missing + " records are no longer in their streams: send them again from their source");
    }
  }

  private int records(DiscardedBatch batch, Replay replay) {
    ShardScan scan =
        ShardScan.from(kinesis, batch.stream(), batch.shardId(), batch.first().toString(), now);
    int found = 0;
    while (scan.hasNext()) {
      Record each = scan.next();
      if (new BigInteger(each.sequenceNumber()).compareTo(batch.last()) > 0) {
        break;
      }
      replay.add(batch.stream(), each.partitionKey(), each.data().asByteArrayUnsafe());
      found++;
    }
    return found;
  }

  private void say(String what) {
    out.println(what + (puts ? ": put back" : ": nothing was put, --replay puts them back"));
    out.flush();
  }
}
