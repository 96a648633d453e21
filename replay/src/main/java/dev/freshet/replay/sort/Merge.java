package dev.freshet.replay.sort;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.PriorityQueue;

/** Merges sorted byte strings into one sorted sequence. */
final class Merge implements Iterator<byte[]> {

  /** The next record of one sequence, and the ones behind it. */
  private record Head(byte[] next, Iterator<byte[]> rest) {}

  private final PriorityQueue<Head> heads =
      new PriorityQueue<>((a, b) -> Arrays.compareUnsigned(a.next, b.next));

  Merge(List<Iterator<byte[]>> sorted) {
    sorted.forEach(this::addHead);
  }

  private void addHead(Iterator<byte[]> sequence) {
    if (sequence.hasNext()) {
      heads.add(new Head(sequence.next(), sequence));
    }
  }

  @Override
  public boolean hasNext() {
    return !heads.isEmpty();
  }

  @Override
  public byte[] next() {
    Head least = heads.remove();
    addHead(least.rest);
    return least.next;
  }
}
