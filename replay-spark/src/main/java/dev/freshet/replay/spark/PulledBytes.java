package dev.freshet.replay.spark;

import dev.freshet.replay.BytesSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Queue;

/** Iterates over the output of a source that advances only when more is needed. */
final class PulledBytes implements Iterator<byte[]> {

  /** Writes the next output, which may be nothing; returns false after the last. */
  @FunctionalInterface
  interface Source {
    boolean advance(BytesSink out) throws IOException;
  }

  private final Source source;
  private final Queue<byte[]> ahead = new ArrayDeque<>();

  PulledBytes(Source source) {
    this.source = source;
  }

  @Override
  public boolean hasNext() {
    try {
      while (ahead.isEmpty()) {
        if (!source.advance(ahead::add)) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ahead.remove();
  }
}
