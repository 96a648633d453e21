package dev.freshet.replay.events;

/**
 * An event as it stands in a file, or what stands there instead of one.
 *
 * @param bytes without white space around; empty if the event is set aside
 * @param size how many bytes it has
 */
@SuppressWarnings("ArrayRecordComponent") // one reader, no comparison: a copy would cost, not help
public record RawEvent(byte[] bytes, long size, Place place) {

  /** An event of more bytes is set aside: a Kinesis record holds no more. */
  public static final int MOST_BYTES = 1 << 20;

  /** Whether the event is too large to be held: its bytes are left out. */
  public boolean isSetAside() {
    return size > MOST_BYTES;
  }
}
