package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Recalculator;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.event.Rejection;
import dev.freshet.metrics.Metrics;
import dev.freshet.operations.backfill.PageInstaller;
import dev.freshet.packing.RecordUnpacker;
import dev.freshet.packing.UnreadableException;
import dev.freshet.redis.Redis;
import dev.freshet.replay.SortedEvents;
import dev.freshet.result.ResultSink;
import dev.freshet.state.Archive;
import dev.freshet.state.Archived;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import dev.freshet.stream.Retries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Rebuilds a group with history. Entities come back from the archive by themselves; this fills the
 * index of due keys again, and adds the events that the archive does not have yet.
 *
 * <p>An event is late if it was when it arrived, however long ago that is. All events of an entity
 * are folded in the order of their time: otherwise a newer one, which is merged, could make an
 * older one late.
 */
final class HistoryRebuild implements RebuiltGroup {

  private static final long MEMORY_BYTES = 64L << 20;
  private static final Duration NOTHING_EXPIRES = Duration.ofMillis(Long.MAX_VALUE / 4);

  private final GroupStreams deployed;
  private final Archive archive;
  private final EventParser parser;
  private final SortedEvents sorted;
  private final RedisDueKeys index;
  private final PageInstaller installer;
  private final Clock clock;
  private long archived;
  private long events;
  private long late;
  private long invalid;

  /**
   * @param awake how long Redis keeps an archived entity
   */
  HistoryRebuild(
      GroupStreams deployed,
      Redis state,
      Archive archive,
      Duration timeToLive,
      Duration awake,
      ResultSink results,
      Clock clock) {
    this.deployed = deployed;
    this.archive = archive;
    this.clock = clock;
    this.parser = new EventParser(deployed.group());
    this.sorted = new SortedEvents(deployed.group(), MEMORY_BYTES);
    this.index = new RedisDueKeys(deployed.group(), state, awake);
    RedisStateStore store =
        RedisStateStore.joining(deployed.group(), state, timeToLive, archive, Metrics.NONE);
    this.installer =
        new PageInstaller(
            store,
            new Recalculator(deployed.group(), store, index, archive, results, clock, Metrics.NONE),
            clock,
            Retries.inRealTime(5, Duration.ofSeconds(1), Duration.ofSeconds(4)));
  }

  @Override
  public FeatureGroup group() {
    return deployed.group();
  }

  @Override
  public boolean reads(String stream) {
    return deployed.streams().contains(stream);
  }

  @Override
  public void process(List<Arrived> records) {
    try {
      for (Arrived each : records) {
        for (ByteBuffer data : unpack(each)) {
          process(each, data);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<ByteBuffer> unpack(Arrived arrived) {
    try {
      return RecordUnpacker.unpack(arrived.record().data());
    } catch (UnreadableException e) {
      invalid++;
      return List.of();
    }
  }

  private void process(Arrived arrived, ByteBuffer data) throws IOException {
    long now = Math.min(clock.millis(), arrived.arrivedMillis());
    ParsedRecord parsed = parser.parse(arrived.record().stream(), data, now);
    if (parsed instanceof Rejection) {
      invalid++;
    } else if (parsed instanceof Event event) {
      events++;
      if (wasLate(event, arrived.arrivedMillis())) {
        late++;
      } else {
        sorted.add(event);
      }
    }
  }

  private boolean wasLate(Event event, long arrivedMillis) {
    return arrivedMillis != Long.MAX_VALUE
        && group().kindsFor(event, arrivedMillis, NOTHING_EXPIRES) == 0;
  }

  @Override
  public void publish() {
    archive.readAll(this::fill);
    try {
      sorted.forEach(this::install);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    installer.flush();
  }

  private void fill(List<Archived> page) {
    archived += page.size();
    index.add(
        page.stream()
            .filter(each -> each.result().validUntil().isPresent())
            .map(each -> new DueKey(each.entity(), each.result().validUntil().getAsLong()))
            .toList());
  }

  /** None of the events is late if all arrived when the oldest of them occurred. */
  private void install(String entity, List<Event> oldestFirst) {
    long arrived = oldestFirst.get(0).occurredAtMillis();
    installer.add(KeyEvents.arrived(entity, oldestFirst, arrived), 64L * oldestFirst.size());
  }

  @Override
  public String line() {
    return "%s: %d entities in the table; %d events, %d of them new, %d held already, %d too old, %d invalid; %d results"
        .formatted(
            group(),
            archived,
            events,
            installer.applied(),
            events - late - installer.applied(),
            late,
            invalid,
            installer.entities());
  }

  @Override
  public void close() {
    try {
      sorted.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
