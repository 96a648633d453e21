package dev.freshet.quality.audit;

import dev.freshet.quality.audit.Recomputation.Use;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The sets of events that a value may lack because they had not reached it: the newest of each
 * shard, as its events are processed in their order. Those that could be in flight are few, so all
 * combinations are tried, the likeliest first.
 */
final class Candidates {

  /** Bounds the work for one value that no set explains. */
  private static final long MOST_FOLDS = 3_000_000;

  private static final int FEWEST = 16;
  private static final int MOST = 1_500;

  /** Clocks of streams and functions differ by less. */
  private static final long SKEW_MILLIS = 5_000;

  private final List<Use> uses;
  private final long computedAtMillis;

  /** The indices of the events that may be in flight, by arrival. */
  private final List<Integer> recent;

  /**
   * @param uses in the order of {@code EventOrder}
   * @param recentFromMillis events that arrived then or later may be in flight
   */
  Candidates(List<Use> uses, long computedAtMillis, long recentFromMillis) {
    this.uses = uses;
    this.computedAtMillis = computedAtMillis;
    this.recent =
        IntStream.range(0, uses.size())
            .boxed()
            .filter(i -> event(i).hasArrival() && event(i).arrivedMillis() >= recentFromMillis)
            .sorted(Comparator.comparingLong(i -> event(i).arrivedMillis()))
            .toList();
  }

  private ArrivedEvent event(int index) {
    return uses.get(index).event();
  }

  /** Returns the sets to leave out, none first. */
  Stream<BitSet> excluded() {
    long most = Math.max(FEWEST, Math.min(MOST, MOST_FOLDS / (uses.size() + 1)));
    return Stream.of(Stream.of(new BitSet()), newest(), ofShards())
        .flatMap(each -> each)
        .limit(most);
  }

  /** Leaves out the newest events of all shards: first those that arrived after the value. */
  private Stream<BitSet> newest() {
    return IntStream.range(0, recent.size())
        .boxed()
        .sorted(
            Comparator.comparingLong(
                i -> Math.abs(event(recent.get(i)).arrivedMillis() - computedAtMillis)))
        .map(from -> set(recent.subList(from, recent.size())));
  }

  /** Leaves out some of the newest events of each shard, of those that arrived near the value. */
  private Stream<BitSet> ofShards() {
    BitSet after = new BitSet();
    Map<String, List<Integer>> near = new TreeMap<>();
    for (int each : recent) {
      long ahead = event(each).arrivedMillis() - computedAtMillis;
      if (ahead > SKEW_MILLIS) {
        after.set(each);
      } else if (ahead >= -SKEW_MILLIS) {
        near.computeIfAbsent(event(each).shard(), unseen -> new ArrayList<>()).add(each);
      }
    }
    Stream<BitSet> sets = Stream.of(after);
    for (List<Integer> shard : near.values()) {
      sets =
          sets.flatMap(
              set ->
                  IntStream.rangeClosed(0, shard.size())
                      .mapToObj(
                          count -> plus(set, shard.subList(shard.size() - count, shard.size()))));
    }
    return sets;
  }

  private static BitSet set(List<Integer> indices) {
    return plus(new BitSet(), indices);
  }

  private static BitSet plus(BitSet set, List<Integer> indices) {
    BitSet sum = (BitSet) set.clone();
    indices.forEach(sum::set);
    return sum;
  }
}
