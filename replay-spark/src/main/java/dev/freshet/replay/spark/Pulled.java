package dev.freshet.replay.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** An iterator over what is pushed: more is asked for when nothing is left, so little is held. */
abstract class Pulled implements Iterator<byte[]> {

  private final Queue<byte[]> ahead = new ArrayDeque<>();

  /** Pushes what comes next, which may be nothing; false after the last. */
  abstract boolean advance() throws IOException;

  final void push(byte[] next) {
    ahead.add(next);
  }

  @Override
  public final boolean hasNext() {
    try {
      while (ahead.isEmpty()) {
        if (!advance()) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public final byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ahead.remove();
  }
}
