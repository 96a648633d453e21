package dev.freshet.replay;

import java.io.IOException;

/** Takes rows as bytes that are yet to be sorted. */
@FunctionalInterface
public interface RowSink {

  void add(byte[] row) throws IOException;
}
