package dev.freshet.operations.backfill;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.LedgerSums;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.operations.rebuild.GroupStreams;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import io.lettuce.core.RedisException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells from the ledgers in the state store whether the functions write the feature store
 * themselves: then they count results as arrived that they have published.
 */
public final class StageWrites {

  private static final String WARNING =
      "in the newest hour of the ledger, the functions %s, and this command %s: unless that has"
          + " changed since, run it with FEATURE_STORE_WRITES=%s";

  private StageWrites() {}

  /**
   * Returns a line for the user if the setting differs from that of the functions.
   *
   * @param state the state store
   * @param groups those that a tool works on
   * @param settings those of the tool
   */
  public static Optional<String> warning(
      Redis state, List<GroupStreams> groups, Settings settings) {
    Set<String> names =
        groups.stream().map(each -> each.group().name()).collect(Collectors.toSet());
    try {
      return warning(new StoredLedgers(state).read(), names, settings.writesDirectly());
    } catch (RedisException e) {
      return Optional.empty(); // the tool itself says so, once it needs the store
    }
  }

  /**
   * Returns a line for the user if the setting {@code FEATURE_STORE_WRITES} of a tool differs from
   * that of the functions; empty if it does not, or if the ledgers do not tell.
   *
   * @param ledgers those in the state store
   * @param groups the names of the feature groups that the tool works on
   * @param isDirect whether the tool writes the feature store itself
   */
  static Optional<String> warning(List<LedgerSums> ledgers, Set<String> groups, boolean isDirect) {
    return areDirect(ledgers, groups)
        .filter(areDirect -> areDirect != isDirect)
        .map(
            areDirect ->
                areDirect
                    ? WARNING.formatted(
                        "wrote the feature store themselves", "only publishes", "direct")
                    : WARNING.formatted(
                        "only published", "writes the feature store itself", "stream"));
  }

  /** Returns what the functions did in the newest hour; empty if both, or nothing is known. */
  private static Optional<Boolean> areDirect(List<LedgerSums> ledgers, Set<String> groups) {
    TreeMap<Long, long[]> hours = new TreeMap<>();
    ledgers.forEach(each -> add(each.sums(), groups, hours));
    Map.Entry<Long, long[]> newest = hours.lastEntry();
    if (newest == null) {
      return Optional.empty();
    }
    long published = newest.getValue()[0];
    long arrived = newest.getValue()[1];
    return arrived == 0 || arrived >= published ? Optional.of(arrived > 0) : Optional.empty();
  }

  private static void add(LedgerEntry sums, Set<String> groups, Map<Long, long[]> hours) {
    sums.forEach(
        (line, unused) -> {
          long published = sums.count(line, Fate.PUBLISHED);
          if (line.stream().equals(LedgerLine.RESULTS)
              && groups.contains(line.group())
              && published > 0) {
            long[] numbers = hours.computeIfAbsent(Long.valueOf(line.shard()), hour -> new long[2]);
            numbers[0] += published;
            numbers[1] +=
                sums.count(
                    new LedgerLine(LedgerLine.ARRIVED, line.shard(), line.group()), Fate.DONE);
          }
        });
  }
}
