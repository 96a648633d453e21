package dev.freshet.featurestore;

import static dev.freshet.metrics.Metric.LETTERS_REFUSED;
import static dev.freshet.metrics.Metric.RESULTS_INVALID;

import dev.freshet.event.Reason;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.DeadLetter;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultReader;
import dev.freshet.result.ResultRecords;
import dev.freshet.result.ResultSink;
import dev.freshet.runtime.BatchLog;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches of result records to the feature store; of an entity's group only the newest. */
public final class Subscriber {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
  static final String NAME = "feature_store_subscriber";

  /** Clocks differ by less, whatever goes wrong with them. */
  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  private static final long MICROS_PER_MILLI = 1_000;

  private final ResultSink store;
  private final RecordSink deadLetters;
  private final Clock clock;
  private final Metrics metrics;
  private final Ledger ledger;
  private final BatchLog log;

  /**
   * @param store writes all results of a batch, or none is acknowledged
   * @param ledger gets the counts of each batch
   */
  public Subscriber(
      ResultSink store, RecordSink deadLetters, Clock clock, Metrics metrics, Ledger ledger) {
    this.store = store;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.metrics = metrics;
    this.ledger = ledger;
    this.log = new BatchLog(LOG, NAME, clock);
  }

  /** Processes one batch; returns the index of the first record to deliver again, if any. */
  public OptionalInt process(List<StreamRecord> records) {
    LedgerEntry entry = new LedgerEntry();
    records.forEach(each -> entry.entersShard(each.stream(), each.shardId()));
    return process(records, entry);
  }

  /**
   * Processes one batch; returns the index of the first record to deliver again, if any.
   *
   * @param entry has the records that the function was handed
   */
  public OptionalInt process(List<StreamRecord> records, LedgerEntry entry) {
    NewestResults results = new NewestResults();
    List<Letter> letters = new ArrayList<>();
    for (StreamRecord record : records) {
      read(results.beginRecord(), record, results, letters);
    }
    metrics.count(RESULTS_INVALID, letters.size());
    List<FeatureResult> newest = results.newest();
    results.enterBatch(entry);
    boolean written = store.put(newest, entry).isEmpty();
    OptionalInt refused = sendDeadLetters(letters);
    OptionalInt unfinished = written ? refused : OptionalInt.of(0);
    results.enterRecords(entry, records, unfinished.orElse(records.size()));
    ledger.add(entry, unfinished.orElse(1) > 0);
    if (written) {
      log.batchDone(Map.of("results", newest.size()));
    }
    return unfinished;
  }

  /** Reads the results of a record, each judged by itself; garbage is one dead letter. */
  private void read(int index, StreamRecord record, NewestResults results, List<Letter> letters) {
    List<ByteBuffer> lines = ResultRecords.lines(record.data());
    results.addLines(lines.size());
    List<Letter> bad = new ArrayList<>(0);
    for (int i = 0; i < lines.size(); i++) {
      try {
        FeatureResult result = ResultReader.read(lines.get(i));
        requirePlausible(result);
        results.add(result);
      } catch (IOException e) {
        OptionalInt place = lines.size() == 1 ? OptionalInt.empty() : OptionalInt.of(i);
        bad.add(new Letter(index, deadLetter(record, lines.get(i), place, e.getMessage())));
        results.addInvalid();
      }
    }
    if (lines.size() > 1 && bad.size() == lines.size()) {
      String detail = "none of its %,d lines is a result".formatted(lines.size());
      bad =
          List.of(
              new Letter(index, deadLetter(record, record.data(), OptionalInt.empty(), detail)));
    }
    letters.addAll(bad);
  }

  /**
   * Refuses a result from the future: as older results never replace newer ones, one forged record
   * would keep the features of its entity as they are for ever.
   */
  private void requirePlausible(FeatureResult result) throws IOException {
    long latest = clock.millis() + MOST_AHEAD.toMillis();
    if (result.version() / MICROS_PER_MILLI > latest || result.computedAt() > latest) {
      throw new IOException("its version or computedAt lies over a day ahead of the clock");
    }
  }

  /**
   * Sends dead letters last, so that no result waits if their stream refuses them.
   *
   * @return the index of the first record whose letter was not acknowledged
   */
  private OptionalInt sendDeadLetters(List<Letter> letters) {
    BitSet missing = deadLetters.put(letters.stream().map(Letter::record).toList());
    metrics.count(LETTERS_REFUSED, missing.cardinality());
    return missing.stream().map(i -> letters.get(i).index()).findFirst();
  }

  private OutgoingRecord deadLetter(
      StreamRecord record, ByteBuffer data, OptionalInt place, String detail) {
    DeadLetter letter =
        new DeadLetter(
            Reason.NOT_A_RESULT,
            detail,
            List.of(NAME),
            record.stream(),
            record.shardId(),
            record.sequenceNumber(),
            place,
            clock.millis(),
            data);
    return new OutgoingRecord(record.partitionKey(), letter.toJson());
  }

  /**
   * A dead letter.
   *
   * @param index of the record that it, or a part of it, is
   */
  private record Letter(int index, OutgoingRecord record) {}
}
