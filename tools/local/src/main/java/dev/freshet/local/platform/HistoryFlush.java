package dev.freshet.local.platform;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.engine.Recalculator;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import dev.freshet.state.Archive;
import dev.freshet.state.DueKeys;
import dev.freshet.state.PartitionRange;
import dev.freshet.state.redis.RedisDueKeys;
import dev.freshet.state.redis.RedisStateStore;
import java.time.Clock;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;

/** Stores the entities of a group that have changed now, not minutes later: at the end of a run. */
final class HistoryFlush {

  private HistoryFlush() {}

  /**
   * Returns when all are stored. The group's function must have ended.
   *
   * @throws dev.freshet.state.StateStoreException if an entity cannot be stored
   */
  static void run(
      FeatureGroup group, Redis state, Archive archive, Settings settings, Clock clock) {
    Duration timeToLive = settings.timeToLive();
    new Recalculator(
            group,
            RedisStateStore.joining(group, state, timeToLive, archive, Metrics.NONE),
            new Changed(
                new RedisDueKeys(group, state, settings.historyAwake()),
                clock.instant().plus(Archive.LONGEST_DELAY).toEpochMilli()),
            archive,
            results -> new BitSet(), // the functions have published them
            clock,
            Metrics.NONE)
        .recalculate(() -> false);
  }

  /**
   * The entities that are due to be archived by an instant; none to recalculate.
   *
   * @param untilMillis fixed, so that an entity that is put off again does not come back
   */
  private record Changed(DueKeys index, long untilMillis) implements DueKeys {

    @Override
    public DueKeys in(PartitionRange range) {
      return new Changed(index.in(range), untilMillis);
    }

    @Override
    public List<DueKey> due(long nowMillis, int most) {
      return List.of();
    }

    @Override
    public OptionalLong next() {
      return OptionalLong.empty();
    }

    @Override
    public void settle(List<Settled> published) {
      index.settle(published);
    }

    @Override
    public List<String> toArchive(long nowMillis, int most) {
      return index.toArchive(untilMillis, most);
    }

    @Override
    public void settleArchived(List<Settled> archived) {
      index.settleArchived(archived);
    }

    @Override
    public void archiveLater(List<Settled> entities) {
      index.archiveLater(entities);
    }
  }
}
