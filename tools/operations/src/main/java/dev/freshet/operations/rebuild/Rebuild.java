package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.operations.backfill.ToolResults;
import dev.freshet.operations.events.EventFile;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.EventReader;
import dev.freshet.operations.events.EventStreams;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.operations.rebuild.RebuiltGroup.Arrived;
import dev.freshet.redis.Redis;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.EventTally;
import dev.freshet.runtime.Settings;
import dev.freshet.shard.ShardRecord;
import dev.freshet.shard.StreamScan;
import dev.freshet.state.Archive;
import dev.freshet.stream.StreamRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
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
import java.util.function.Function;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Rebuilds the state of feature groups from events of streams or files.
 *
 * <p>Each group's own engine processes the events. Its function may process new ones at the same
 * time, because an event that the state already holds changes nothing. For the same reason a
 * rebuild can be stopped and started again at any time.
 */
public final class Rebuild implements AutoCloseable {

  private static final int BATCH = 1_000;

  private final KinesisClient kinesis;
  private final String streamPrefix;
  private final Clock clock;
  private final PrintWriter out;
  private final EventPutter putter;
  private final ToolResults results;
  private final List<RebuiltGroup> groups;
  private final Set<String> streams;

  /**
   * @param kinesis closed by the caller
   * @param streamPrefix the start of the names of the streams, such as {@code prod-}
   * @param state closed by the caller
   * @param archives the archives of groups with history
   * @param settings those of the functions
   */
  public Rebuild(
      List<GroupStreams> groups,
      KinesisClient kinesis,
      String streamPrefix,
      Redis state,
      Function<FeatureGroup, Archive> archives,
      Settings settings,
      Clock clock,
      PrintWriter out) {
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
    this.clock = clock;
    this.out = out;
    this.putter = new EventPutter(kinesis, streamPrefix);
    this.results = new ToolResults(putter, settings, clock);
    this.groups = groups.stream().map(each -> rebuilt(each, state, archives, settings)).toList();
    this.streams = streams(groups);
  }

  private RebuiltGroup rebuilt(
      GroupStreams deployed,
      Redis state,
      Function<FeatureGroup, Archive> archives,
      Settings settings) {
    return deployed.group().hasHistory()
        ? new HistoryRebuild(
            deployed,
            state,
            archives.apply(deployed.group()),
            settings.timeToLive(),
            settings.historyAwake(),
            results,
            clock)
        : new GroupRebuild(deployed, state, settings.timeToLive(), results, clock);
  }

  private static Set<String> streams(List<GroupStreams> groups) {
    Set<String> streams = new TreeSet<>();
    groups.forEach(group -> streams.addAll(group.streams()));
    return streams;
  }

  /**
   * Rebuilds from all records that the streams still have.
   *
   * @param since leaves out records that arrived earlier; empty for all
   * @param end leaves out records that arrived then or later, which the functions process
   */
  public void fromStreams(Optional<Instant> since, Instant end) {
    for (String stream : streams) {
      String name = streamPrefix + stream;
      List<Arrived> batch = new ArrayList<>();
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
   * Rebuilds from files of events.
   *
   * @param types the streams of the types of events
   * @return the counts of events and problems
   * @throws java.io.UncheckedIOException if a file cannot be read
   * @throws IOException if no event can be used; nothing is changed then
   */
  public EventTally fromFiles(List<EventSource> files, EventStreams types) throws IOException {
    EventTally tally = new EventTally();
    List<FeatureGroup> all = groups.stream().map(RebuiltGroup::group).toList();
    EventJudge judge = new EventJudge(new FeatureColumns(all), types.types(), tally, clock::millis);
    for (EventSource file : files) {
      fromFile(file, new EventFile(file, types), judge);
    }
    tally.requireAny();
    publish();
    return tally;
  }

  private void fromFile(EventSource file, EventFile events, EventJudge judge) {
    Map<String, List<Arrived>> batches = new LinkedHashMap<>();
    try (EventReader reader =
        events.openShiftedBy(Duration.ZERO, event -> judge.judge(event, file))) {
      while (reader.hasNext()) {
        OutgoingEvent event = reader.next();
        List<Arrived> batch = batches.computeIfAbsent(event.stream(), stream -> new ArrayList<>());
        batch.add(record(file, event));
        if (batch.size() == BATCH) {
          process(event.stream(), batch);
        }
      }
      reader.ofNoStream().ifPresent(out::println);
    }
    batches.forEach(this::process);
  }

  /** Processes a batch in all groups that read the stream, and empties it. */
  private void process(String stream, List<Arrived> batch) {
    if (!batch.isEmpty()) {
      groups.parallelStream()
          .filter(group -> group.reads(stream))
          .forEach(group -> group.process(List.copyOf(batch)));
      batch.clear();
    }
  }

  private void publish() {
    for (RebuiltGroup group : groups) {
      group.publish();
      out.println(group.line());
    }
  }

  private static Arrived record(String stream, String shard, ShardRecord each) {
    return new Arrived(
        new StreamRecord(
            stream,
            shard,
            each.sequenceNumber(),
            each.partitionKey(),
            ByteBuffer.wrap(each.data())),
        each.approximateArrival().toEpochMilli());
  }

  private static Arrived record(EventSource file, OutgoingEvent event) {
    return new Arrived(
        new StreamRecord(
            event.stream(), file.file(), "", event.partitionKey(), ByteBuffer.wrap(event.json())),
        Long.MAX_VALUE);
  }

  @Override
  public void close() {
    putter.close();
    results.close();
    groups.forEach(RebuiltGroup::close);
  }
}
