package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** Says in one bounded line why bytes are no JSON document. */
public final class Details {

  private static final int BYTES_BEFORE = 16;
  private static final int MOST_BYTES = 160;

  private Details() {}

  public static String of(JsonProcessingException complaint, byte[] data, int offset, int length) {
    if (complaint instanceof JsonEOFException) {
      return "the JSON ends too early, after " + length + " bytes";
    }
    long at = complaint.getLocation() == null ? 0 : complaint.getLocation().getByteOffset();
    int place = (int) Math.max(0, Math.min(at, length));
    return "not JSON at byte %d, in %s: a JSON object in UTF-8 expected"
        .formatted(place, Quote.of(around(data, offset, length, place)));
  }

  /** Some text from a little before a place on; it starts with a whole character. */
  private static String around(byte[] data, int offset, int length, int place) {
    int from = Math.max(0, place - BYTES_BEFORE);
    while (from < place && (data[offset + from] & 0xC0) == 0x80) {
      from++;
    }
    return new String(data, offset + from, Math.min(MOST_BYTES, length - from), UTF_8);
  }
}
