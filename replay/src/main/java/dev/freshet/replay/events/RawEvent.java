package dev.freshet.replay.events;

/**
 * An event as it stands in a file, or the text in place of one.
 *
 * @param bytes without white space around; empty if the event is set aside
 * @param size the number of its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // one reader, no comparison: a copy would cost, not help
public record RawEvent(byte[] bytes, long size, Place place) {

  /** The limit of a Kinesis record; an event of more bytes is set aside. */
  public static final int MOST_BYTES = 1 << 20;

  /** Tells whether the event is too large, so that its bytes were dropped. */
  public boolean isSetAside() {
    return size > MOST_BYTES;
  }
}
