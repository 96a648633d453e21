package dev.freshet.packing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * Unpacks the events of a stream's record: one event, a JSON array of events, JSON lines, any of
 * these compressed with gzip, or records aggregated by the Kinesis Producer Library that hold one
 * of these each.
 *
 * <p>Judges no event: an element of an array, or a line, may be anything. Bytes that are none of
 * the above are one event.
 */
public final class RecordUnpacker {

  private static final int MOST_BYTES = 10 << 20;
  private static final int MOST_EVENTS = 10_000;
  private static final int MOST_LAYERS = 4;

  private final List<ByteBuffer> events = new ArrayList<>();
  private int bytesLeft = MOST_BYTES;

  private RecordUnpacker() {}

  /** Returns whether a record begins as a JSON object; most of those are one event. */
  public static boolean isObject(ByteBuffer record) {
    return record.hasRemaining() && record.get(record.position()) == '{';
  }

  /**
   * Returns the events of a record, in their order; the record itself if it is one event.
   *
   * @param record the bytes, from position to limit; not moved
   * @throws UnreadableException if the record holds several events, or compressed ones, and is
   *     damaged or beyond 10 MiB or 10,000 events
   */
  public static List<ByteBuffer> unpack(ByteBuffer record) throws UnreadableException {
    Bytes bytes = Bytes.of(record);
    if (!bytes.isPacked()) {
      return List.of(record.hasArray() ? record : bytes.buffer());
    }
    RecordUnpacker unpacker = new RecordUnpacker();
    unpacker.add(bytes, 1);
    return unpacker.events;
  }

  private void add(Bytes bytes, int layer) throws UnreadableException {
    if (layer > MOST_LAYERS) {
      throw new UnreadableException(
          "the record is packed more than %d times, one inside the other".formatted(MOST_LAYERS));
    }
    if (KplRecords.isAggregated(bytes)) {
      for (Bytes each : KplRecords.unpack(bytes, MOST_EVENTS)) {
        add(each, layer + 1);
      }
    } else if (bytes.isGzip()) {
      add(decompress(bytes), layer + 1);
    } else if (bytes.isArray()) {
      addAll(JsonSplitter.elements(bytes, MOST_EVENTS));
    } else if (bytes.isLines()) {
      addAll(JsonSplitter.lines(bytes, MOST_EVENTS));
    } else {
      addAll(List.of(bytes));
    }
  }

  private void addAll(List<Bytes> found) throws UnreadableException {
    if (events.size() + found.size() > MOST_EVENTS) {
      throw tooMany(MOST_EVENTS);
    }
    found.forEach(each -> events.add(each.buffer()));
  }

  static UnreadableException tooMany(int most) {
    return new UnreadableException("the record holds more than %,d events".formatted(most));
  }

  private Bytes decompress(Bytes bytes) throws UnreadableException {
    try (GZIPInputStream gzip =
        new GZIPInputStream(new ByteArrayInputStream(bytes.data(), bytes.from(), bytes.length()))) {
      byte[] plain = gzip.readNBytes(bytesLeft + 1);
      if (plain.length > bytesLeft) {
        throw new UnreadableException(
            "the record is more than %d MiB when decompressed".formatted(MOST_BYTES >> 20));
      }
      bytesLeft -= plain.length;
      return new Bytes(plain, 0, plain.length);
    } catch (IOException e) {
      throw new UnreadableException(
          "the record is damaged gzip, after %d bytes: %s"
              .formatted(bytes.length(), e.getMessage()));
    }
  }
}
