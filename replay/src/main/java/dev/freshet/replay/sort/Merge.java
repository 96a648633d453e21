package dev.freshet.replay.sort;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Merges sorted byte strings into one sorted sequence. */
final class Merge implements Iterator<byte[]> {

  private final PriorityQueue<Head> heads =
      new PriorityQueue<>((a, b) -> Arrays.compareUnsigned(a.next, b.next));

  Merge(List<Iterator<byte[]>> sorted) {
    for (Iterator<byte[]> each : sorted) {
      if (each.hasNext()) {
        heads.add(new Head(each));
      }
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public byte[] next() {
    Head least = heads.remove();
    byte[] next = least.next;
    if (least.rest.hasNext()) {
      least.next = least.rest.next();
      heads.add(least);
    }
    return next;
  }

  /** The next record of one sequence, and the ones behind it. */
  private static final class Head {
    private final Iterator<byte[]> rest;
    private byte[] next;

    Head(Iterator<byte[]> rest) {
      this.rest = rest;
      this.next = rest.next();
    }
  }
}
