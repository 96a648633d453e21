package dev.freshet.replay;

import java.io.IOException;

/** Takes steps or rows as bytes, which are sorted later. */
@FunctionalInterface
public interface BytesSink {

  void add(byte[] bytes) throws IOException;
}
