package dev.freshet.lambdas;

import java.util.ArrayList;
import java.util.List;

/** One shard of a stream, read in order from wherever the function got to. */
final class Shard {

  private final List<Incoming> arrivals = new ArrayList<>();
  private int next;

  void add(Incoming arrival) {
    arrivals.add(arrival);
  }

  boolean isDone() {
    return next == arrivals.size();
  }

  /** The next records, at most so many. */
  List<Incoming> peek(int most) {
    return arrivals.subList(next, Math.min(arrivals.size(), next + most));
  }

  /** Goes on behind so many records. */
  void advance(int records) {
    next += records;
  }
}
