package dev.freshet.lambdas;

import java.util.ArrayList;
import java.util.List;

/** One shard of a stream, read in order from the first record that is not done. */
final class Shard {

  private final List<Incoming> arrivals = new ArrayList<>();
  private int next;

  void add(Incoming arrival) {
    arrivals.add(arrival);
  }

  boolean isDone() {
    return next == arrivals.size();
  }

  /** Returns the next records, at most so many. */
  List<Incoming> peek(int most) {
    return arrivals.subList(next, Math.min(arrivals.size(), next + most));
  }

  /** Advances by so many records. */
  void advance(int records) {
    next += records;
  }
}
