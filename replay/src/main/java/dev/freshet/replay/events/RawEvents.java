package dev.freshet.replay.events;

import java.io.Closeable;
import java.io.IOException;

/** Reads a file of events one by one. */
public interface RawEvents extends Closeable {

  /** Returns the next event, or the text in place of one; null after the last. */
  RawEvent next() throws IOException;

  /** Returns how many bytes of the stored file were read, or about so many. */
  long bytesRead();
}
