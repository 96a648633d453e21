package dev.freshet.quality.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * A random sample of distinct texts of any number, in bounded memory: those with the smallest of
 * random numbers, which seed and text alone decide. So the order in which texts come, and how often
 * each does, change nothing.
 */
final class Sample {

  private final int size;
  private final long seed;
  private final TreeSet<Ranked> kept = new TreeSet<>();

  private record Ranked(long rank, String text) implements Comparable<Ranked> {
    @Override
    public int compareTo(Ranked other) {
      int byRank = Long.compare(rank, other.rank);
      return byRank == 0 ? text.compareTo(other.text) : byRank;
    }
  }

  Sample(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  void offer(String text) {
    kept.add(new Ranked(rank(text), text));
    if (kept.size() > size) {
      kept.remove(kept.last());
    }
  }

  private long rank(String text) {
    long hash = seed;
    for (int i = 0; i < text.length(); i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return new SplittableRandom(hash).nextLong();
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    kept.forEach(each -> texts.add(each.text));
    return texts;
  }
}
