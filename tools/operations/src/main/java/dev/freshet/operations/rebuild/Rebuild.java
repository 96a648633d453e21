package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.operations.events.EventFile;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.EventReader;
import dev.freshet.operations.events.EventStreams;
import dev.freshet.operations.events.KinesisStreamWriter;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.operations.redrive.StreamScan;
import dev.freshet.redis.Redis;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.events.EventTally;
import dev.freshet.stream.StreamRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.Record;

/**
 * Gives feature groups the state that their events make, from streams or from files.
 *
 * <p>Each group's own engine takes the events, while its function may be at work on new ones: an
 * event that is held already changes nothing. It can be broken off and begun again at any time.
 */
public final class Rebuild implements AutoCloseable {

  private static final int BATCH = 1_000;

  private final KinesisClient kinesis;
  private final String streamPrefix;
  private final Clock clock;
  private final PrintWriter out;
  private final EventPutter putter;
  private final List<GroupRebuild> groups;
  private final Set<String> streams;

  /**
   * @param kinesis stays the caller's to close
   * @param streamPrefix what the names of the streams start with, such as {@code prod-}
   * @param state stays the caller's to close
   * @param timeToLive how long the state of a key of a last-N group outlives its last write
   */
  public Rebuild(
      List<DeployedGroup> groups,
      KinesisClient kinesis,
      String streamPrefix,
      Redis state,
      Duration timeToLive,
      Clock clock,
      PrintWriter out) {
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
    this.clock = clock;
    this.out = out;
    this.putter = new EventPutter(new KinesisStreamWriter(kinesis, streamPrefix));
    this.groups =
        groups.stream()
            .map(
                group ->
                    new GroupRebuild(
                        group,
                        state,
                        timeToLive,
                        new HeldResults(putter, "feature-results"),
                        clock))
            .toList();
    this.streams = streams(groups);
  }

  private static Set<String> streams(List<DeployedGroup> groups) {
    Set<String> streams = new TreeSet<>();
    groups.forEach(group -> streams.addAll(group.streams()));
    return streams;
  }

  /**
   * From what the streams still have.
   *
   * @param since records that arrived earlier are left out; empty for all
   * @param end likewise those that arrived then or later: the functions see to them
   */
  public void fromStreams(Optional<Instant> since, Instant end) {
    for (String stream : streams) {
      String name = streamPrefix + stream;
      List<StreamRecord> batch = new ArrayList<>();
      StreamScan.read(
          kinesis,
          name,
          since,
          end,
          (shard, each) -> {
            batch.add(record(name, shard, each));
            if (batch.size() == BATCH) {
              process(stream, batch);
            }
          });
      process(stream, batch);
    }
    publish();
  }

  /**
   * From files of events.
   *
   * @param types which stream carries the events of a type
   * @return what became of the events
   * @throws java.io.UncheckedIOException if a file cannot be read
   * @throws IOException if no event can be used; nothing was changed then
   */
  public EventTally fromFiles(List<Path> files, EventStreams types) throws IOException {
    EventTally tally = new EventTally();
    List<FeatureGroup> all = groups.stream().map(GroupRebuild::group).toList();
    EventJudge judge = new EventJudge(new FeatureColumns(all), tally, clock::millis);
    for (Path file : files) {
      fromFile(file, new EventFile(file, types), judge);
    }
    tally.requireAny();
    publish();
    return tally;
  }

  private void fromFile(Path file, EventFile events, EventJudge judge) {
    Map<String, List<StreamRecord>> batches = new LinkedHashMap<>();
    try (EventReader reader =
        events.openShiftedBy(Duration.ZERO, event -> judge.judge(event, file.toString()))) {
      while (reader.hasNext()) {
        OutgoingEvent event = reader.next();
        List<StreamRecord> batch =
            batches.computeIfAbsent(event.stream(), stream -> new ArrayList<>());
        batch.add(record(file, event));
        if (batch.size() == BATCH) {
          process(event.stream(), batch);
        }
      }
      reader.ofNoStream().ifPresent(out::println);
    }
    batches.forEach(this::process);
  }

  /** Groups are independent of one another; the batch is empty afterwards. */
  private void process(String stream, List<StreamRecord> batch) {
    if (!batch.isEmpty()) {
      groups.parallelStream()
          .filter(group -> group.reads(stream))
          .forEach(group -> group.process(List.copyOf(batch)));
      batch.clear();
    }
  }

  private void publish() {
    for (GroupRebuild group : groups) {
      group.publish();
      out.println(group.line());
    }
    out.flush();
  }

  private static StreamRecord record(String stream, String shard, Record each) {
    return new StreamRecord(
        stream, shard, each.sequenceNumber(), each.partitionKey(), each.data().asByteBuffer());
  }

  private static StreamRecord record(Path file, OutgoingEvent event) {
    return new StreamRecord(
        event.stream(), file.toString(), "", event.partitionKey(), ByteBuffer.wrap(event.json()));
  }

  @Override
  public void close() {
    putter.close();
  }
}
