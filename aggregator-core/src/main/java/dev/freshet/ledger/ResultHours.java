package dev.freshet.ledger;

import dev.freshet.ledger.LedgerReport.GroupResults;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the results that were published with those that arrived, for each group and each hour in
 * which they were computed: what was published again in one hour hides nothing of another.
 */
final class ResultHours {

  /** The time after an hour in which its results may still be on their way. */
  static final Duration GRACE = Duration.ofMinutes(15);

  private final Map<String, Map<Long, long[]>> hours = new TreeMap<>();
  private final long countedSinceMillis;
  private final long nowMillis;
  private final boolean isAtRest;

  ResultHours(List<LedgerSums> ledgers, long nowMillis, boolean isAtRest) {
    this.nowMillis = nowMillis;
    this.isAtRest = isAtRest;
    this.countedSinceMillis =
        ledgers.stream()
            .filter(ResultHours::countsArrivals)
            .mapToLong(LedgerSums::sinceMillis)
            .max()
            .orElse(0);
    ledgers.forEach(each -> add(each.sums()));
  }

  private static boolean countsArrivals(LedgerSums ledger) {
    boolean[] counts = new boolean[1];
    ledger.sums().forEach((line, unused) -> counts[0] |= line.stream().equals(LedgerLine.ARRIVED));
    return counts[0];
  }

  private void add(LedgerEntry sums) {
    sums.forEach(
        (line, unused) -> {
          if (line.isOfHour()) {
            long[] numbers =
                hours
                    .computeIfAbsent(line.group(), unseen -> new TreeMap<>())
                    .computeIfAbsent(Long.parseLong(line.shard()), unseen -> new long[2]);
            numbers[0] += sums.count(line, Fate.PUBLISHED);
            numbers[1] += sums.count(line, Fate.DONE);
          }
        });
  }

  List<GroupResults> groups() {
    return hours.entrySet().stream().map(each -> group(each.getKey(), each.getValue())).toList();
  }

  private GroupResults group(String name, Map<Long, long[]> numbers) {
    long inFlight = 0;
    long missing = 0;
    long again = 0;
    for (Map.Entry<Long, long[]> hour : numbers.entrySet()) {
      long left = hour.getValue()[0] - hour.getValue()[1];
      boolean isComparable = isAtRest || isOver(hour.getKey());
      missing += isComparable ? Math.max(0, left) : 0;
      inFlight += isComparable ? 0 : Math.max(0, left);
      again += Math.max(0, -left);
    }
    return new GroupResults(
        name, sum(numbers.values(), 0), sum(numbers.values(), 1), inFlight, missing, again);
  }

  private static long sum(Collection<long[]> numbers, int index) {
    return numbers.stream().mapToLong(each -> each[index]).sum();
  }

  /** Returns whether all results of an hour have had the time to arrive, and were counted. */
  private boolean isOver(long hour) {
    long start = Duration.ofHours(hour).toMillis();
    long end = Duration.ofHours(hour + 1).plus(GRACE).toMillis();
    return start >= countedSinceMillis && end <= nowMillis;
  }
}
