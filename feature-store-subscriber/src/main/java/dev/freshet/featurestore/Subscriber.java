package dev.freshet.featurestore;

import static dev.freshet.metrics.Metric.LETTERS_REFUSED;
import static dev.freshet.metrics.Metric.RESULTS_INVALID;

import dev.freshet.event.Reason;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.DeadLetter;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultReader;
import dev.freshet.result.ResultRecords;
import dev.freshet.result.ResultSink;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.stream.RecordSink;
import dev.freshet.stream.StreamRecord;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes batches of result records to the feature store; of an entity's group only the newest. */
public final class Subscriber {

  private static final Logger LOG = LoggerFactory.getLogger(Subscriber.class);
  private static final String NAME = "feature_store_subscriber";

  /** Clocks differ by less, whatever goes wrong with them. */
  private static final Duration MOST_AHEAD = Duration.ofDays(1);

  private static final long MICROS_PER_MILLI = 1_000;

  private final ResultSink store;
  private final RecordSink deadLetters;
  private final Clock clock;
  private final Metrics metrics;

  /**
   * @param store writes all results of a batch, or none is acknowledged
   */
  public Subscriber(ResultSink store, RecordSink deadLetters, Clock clock, Metrics metrics) {
    this.store = store;
    this.deadLetters = deadLetters;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** Processes one batch; returns the index of the first record to deliver again, if any. */
  public OptionalInt process(List<StreamRecord> records) {
    Map<Target, FeatureResult> newest = new LinkedHashMap<>();
    List<Letter> letters = new ArrayList<>();
    for (int i = 0; i < records.size(); i++) {
      read(i, records.get(i), newest, letters);
    }
    metrics.count(RESULTS_INVALID, letters.size());
    boolean written = store.put(List.copyOf(newest.values())).isEmpty();
    OptionalInt refused = sendDeadLetters(letters);
    if (written) {
      LOG.atInfo().addKeyValue("results", newest.size()).log("batch done");
    }
    return written ? refused : OptionalInt.of(0);
  }

  /** Reads the results of a record, each judged by itself; garbage is one dead letter. */
  private void read(
      int index, StreamRecord record, Map<Target, FeatureResult> newest, List<Letter> letters) {
    List<ByteBuffer> lines = ResultRecords.lines(record.data());
    List<Letter> bad = new ArrayList<>(0);
    for (int i = 0; i < lines.size(); i++) {
      try {
        FeatureResult result = ResultReader.read(lines.get(i));
        requirePlausible(result);
        newest.merge(Target.of(result), result, Subscriber::newer);
      } catch (IOException e) {
        OptionalInt place = lines.size() == 1 ? OptionalInt.empty() : OptionalInt.of(i);
        bad.add(new Letter(index, deadLetter(record, lines.get(i), place, e.getMessage())));
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

  private static FeatureResult newer(FeatureResult left, FeatureResult right) {
    return left.version() >= right.version() ? left : right;
  }

  private OutgoingRecord deadLetter(
      StreamRecord record, ByteBuffer data, OptionalInt place, String detail) {
    DeadLetter letter =
        new DeadLetter(
            Reason.NOT_A_RESULT,
            detail,
            NAME,
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

  /** The fields that a result replaces. */
  private record Target(String dimension, String key, String featureGroup) {
    static Target of(FeatureResult result) {
      return new Target(result.dimension(), result.key(), result.featureGroup());
    }
  }
}
