package dev.freshet.replay.sort;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** Merges sorted byte strings into one sorted sequence. */
final class Merge implements Iterator<byte[]> {

  /** The next record of one sequence, and the ones behind it. */
  private record Head(byte[] next, Iterator<byte[]> rest) {}

  /** All others than the one that the last record came from: the next is often of the same. */
  private final PriorityQueue<Head> others =
      new PriorityQueue<>((a, b) -> Arrays.compareUnsigned(a.next, b.next));

  private Head least;

  Merge(List<Iterator<byte[]>> sorted) {
    sorted.forEach(each -> addTo(others, each));
    least = others.poll();
  }

  private static void addTo(PriorityQueue<Head> heads, Iterator<byte[]> sequence) {
    if (sequence.hasNext()) {
      heads.add(new Head(sequence.next(), sequence));
    }
  }

  @Override
  public boolean hasNext() {
    return least != null;
  }

  @Override
  public byte[] next() {
    if (least == null) {
      throw new NoSuchElementException();
    }
    byte[] next = least.next;
    Head second = others.peek();
    if (least.rest.hasNext()) {
      least = new Head(least.rest.next(), least.rest);
      if (second != null && Arrays.compareUnsigned(second.next, least.next) < 0) {
        others.add(least);
        least = others.remove();
      }
    } else {
      least = others.poll();
    }
    return next;
  }
}
