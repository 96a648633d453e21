package dev.freshet.quality.audit;

import dev.freshet.quality.audit.Recomputation.Use;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * Looks for the events that a value lacks as they had not reached it: the newest ones of each
 * shard, as a shard's events are processed in their order.
 *
 * <p>Tries all combinations if they are few. Of an entity with many events at once it tries those
 * near the newest event that the value has, stream by stream.
 */
final class InFlightSearch {

  /** Bounds the work for one value. */
  private static final long MOST_FOLDS = 3_000_000;

  private static final int FEWEST_TRIALS = 64;
  private static final int MOST_TRIALS = 2_000;

  /** How far from the middle it looks in each shard. */
  private static final int RANGE = 6;

  private static final int PASSES = 2;

  private final List<Use> uses;

  /** For each shard the indices of the events that may be in flight, in their order. */
  private final List<List<Integer>> shards;

  /** For each stream, its shards. */
  private final List<List<Integer>> streams;

  private final ToIntFunction<BitSet> disagreements;
  private long trials;
  private int fewest = Integer.MAX_VALUE;

  /**
   * @param uses in the order of {@code EventOrder}
   * @param recentFromMillis events that arrived then or later may be in flight
   * @param disagreements tells how many values are not right without some events
   */
  InFlightSearch(List<Use> uses, long recentFromMillis, ToIntFunction<BitSet> disagreements) {
    this.uses = uses;
    this.disagreements = disagreements;
    Map<String, List<Integer>> byShard = new LinkedHashMap<>();
    IntStream.range(0, uses.size())
        .boxed()
        .filter(i -> event(i).hasArrival() && event(i).arrivedMillis() >= recentFromMillis)
        .sorted(Comparator.comparingLong(i -> event(i).arrivedMillis()))
        .forEach(
            i -> byShard.computeIfAbsent(event(i).shard(), unseen -> new ArrayList<>()).add(i));
    this.shards = List.copyOf(byShard.values());
    Map<String, List<Integer>> byStream = new LinkedHashMap<>();
    List<String> names = List.copyOf(byShard.keySet());
    for (int i = 0; i < names.size(); i++) {
      String stream = names.get(i).substring(0, names.get(i).lastIndexOf('/') + 1);
      byStream.computeIfAbsent(stream, unseen -> new ArrayList<>()).add(i);
    }
    this.streams = List.copyOf(byStream.values());
  }

  private ArrivedEvent event(int index) {
    return uses.get(index).event();
  }

  /**
   * Searches until nothing disagrees.
   *
   * @param newestMillis the time of the newest event that the value has
   * @return whether all combinations were tried, or one was found
   */
  boolean run(long newestMillis) {
    if (attempt(all()) == 0) {
      return true;
    }
    trials = Math.max(FEWEST_TRIALS, Math.min(MOST_TRIALS, MOST_FOLDS / (uses.size() + 1)));
    long combinations = 1;
    for (List<Integer> shard : shards) {
      combinations = Math.min(Integer.MAX_VALUE, combinations * (shard.size() + 1));
    }
    int[] cuts = middle(newestMillis);
    if (combinations <= trials) {
      vary(cuts, IntStream.range(0, shards.size()).boxed().toList(), 0, Integer.MAX_VALUE);
      return true;
    }
    int best = attempt(cuts);
    for (int pass = 0; pass < PASSES && best > 0; pass++) {
      for (List<Integer> stream : streams) {
        cuts = vary(cuts, stream, 0, RANGE);
      }
      best = fewest;
    }
    return best == 0;
  }

  private int[] all() {
    return shards.stream().mapToInt(List::size).toArray();
  }

  /** Returns the cuts before which events arrived no later than the newest one that counts. */
  private int[] middle(long newestMillis) {
    long arrived =
        IntStream.range(0, uses.size())
            .filter(i -> event(i).event().occurredAtMillis() <= newestMillis)
            .mapToLong(i -> event(i).arrivedMillis())
            .max()
            .orElse(Long.MIN_VALUE);
    return shards.stream()
        .mapToInt(
            shard -> (int) shard.stream().filter(i -> event(i).arrivedMillis() <= arrived).count())
        .toArray();
  }

  /** Tries other cuts of some shards; returns the best. */
  private int[] vary(int[] cuts, List<Integer> varied, int from, int range) {
    if (from == varied.size()) {
      return cuts;
    }
    int shard = varied.get(from);
    int[] best = cuts;
    int first = Math.max(0, cuts[shard] - range);
    long last = Math.min(shards.get(shard).size(), (long) cuts[shard] + range);
    for (int cut = first; cut <= last && fewest > 0 && trials > 0; cut++) {
      int[] other = cuts.clone();
      other[shard] = cut;
      int before = fewest;
      if (from == varied.size() - 1) {
        best = attempt(other) < before ? other : best;
      } else {
        int[] deeper = vary(other, varied, from + 1, range);
        best = fewest < before ? deeper : best;
      }
    }
    return best;
  }

  /** Returns how many values disagree if each shard is read up to its cut. */
  private int attempt(int[] cuts) {
    trials--;
    BitSet excluded = new BitSet();
    for (int i = 0; i < cuts.length; i++) {
      List<Integer> shard = shards.get(i);
      shard.subList(cuts[i], shard.size()).forEach(excluded::set);
    }
    int found = disagreements.applyAsInt(excluded);
    fewest = Math.min(fewest, found);
    return found;
  }
}
