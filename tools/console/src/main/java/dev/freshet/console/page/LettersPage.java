package dev.freshet.console.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.console.Page;
import dev.freshet.event.Reason;
import dev.freshet.operations.redrive.Letter;
import dev.freshet.operations.redrive.LetterFilter;
import dev.freshet.operations.redrive.Redrive;
import dev.freshet.shard.ShardRecord;
import dev.freshet.shard.StreamScan;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The newest dead letters. Reads the stream on from where the last call ended. */
public final class LettersPage implements Page {

  private static final String STREAM = "dead-letters";
  private static final int MOST = 200;
  private static final int MOST_PAYLOAD = 4_096;
  private static final Duration FIRST_LOOK = Duration.ofHours(24);
  private static final Duration OVERLAP = Duration.ofSeconds(5);

  private final KinesisClient kinesis;
  private final String streamPrefix;
  private final String commandOptions;
  private final InstantSource time;
  private final TreeMap<BigInteger, Shown> newest = new TreeMap<>();
  private Instant readUntil;
  private long unreadable;

  /**
   * @param commandOptions the options that point {@code redrive} at these streams
   */
  public LettersPage(
      KinesisClient kinesis, String streamPrefix, String commandOptions, InstantSource time) {
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
    this.commandOptions = commandOptions;
    this.time = time;
  }

  /**
   * The newest letters.
   *
   * @param unreadable records of the stream that are no dead letters
   */
  record Letters(List<Shown> letters, long unreadable) {}

  /**
   * A letter for the page.
   *
   * @param payload as text, cut if it is long
   * @param command what puts the record back
   */
  record Shown(
      String id,
      String reason,
      String detail,
      String featureGroup,
      String stream,
      String shardId,
      String sequenceNumber,
      long receivedAtMillis,
      String payload,
      boolean isCut,
      String command) {}

  @Override
  public synchronized Letters read(Map<String, String> parameters) {
    Instant now = time.instant();
    Instant since = readUntil == null ? now.minus(FIRST_LOOK) : readUntil.minus(OVERLAP);
    StreamScan.read(
        kinesis, streamPrefix + STREAM, Optional.of(since), now, (shard, each) -> add(each));
    readUntil = now;
    Collection<Shown> latestFirst = newest.descendingMap().values();
    return new Letters(List.copyOf(latestFirst), unreadable);
  }

  private void add(ShardRecord record) {
    if (newest.containsKey(record.sequence())) {
      return;
    }
    try {
      newest.put(record.sequence(), shown(record, Letter.read(record.data())));
    } catch (IOException e) {
      unreadable++;
    }
    if (newest.size() > MOST) {
      newest.pollFirstEntry();
    }
  }

  private Shown shown(ShardRecord record, Letter letter) {
    String text = new String(letter.payload(), UTF_8);
    return new Shown(
        record.sequence().toString(),
        letter.reason(),
        letter.detail(),
        letter.featureGroup(),
        letter.stream(),
        letter.shardId(),
        letter.sequenceNumber(),
        letter.receivedAt(),
        text.length() > MOST_PAYLOAD ? text.substring(0, MOST_PAYLOAD) : text,
        letter.isCut() || text.length() > MOST_PAYLOAD,
        "./freshet redrive --replay%s --feature-group %s --reason %s --stream %s --since %s --until %s"
            .formatted(
                commandOptions,
                letter.featureGroup(),
                letter.reason(),
                letter.stream(),
                letter.received(),
                letter.received().plusMillis(1)));
  }

  /** Puts the record of a letter back, as its command does; returns what that prints. */
  public synchronized Map<String, String> redrive(Map<String, String> parameters) {
    Shown letter = newest.get(new BigInteger(Page.required(parameters, "id")));
    if (letter == null) {
      throw new IllegalArgumentException("there is no such letter any more: reload the page");
    }
    Instant received = Instant.ofEpochMilli(letter.receivedAtMillis());
    LetterFilter filter =
        new LetterFilter(
            streamPrefix,
            Set.of(letter.featureGroup()),
            Set.of(Reason.valueOf(letter.reason())),
            Set.of(letter.stream()),
            received,
            received.plusMillis(1));
    StringWriter printed = new StringWriter();
    try (Redrive redrive =
        new Redrive(kinesis, filter, true, time.instant(), new PrintWriter(printed, true))) {
      redrive.letters();
    }
    return Map.of("printed", printed.toString());
  }
}
