package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;

/** Describes in one short line why bytes are not a JSON document. */
public final class JsonErrors {

  private static final int BYTES_BEFORE = 16;
  private static final int MOST_BYTES = 160;

  private JsonErrors() {}

  public static String of(JsonProcessingException complaint, byte[] data, int offset, int length) {
    if (complaint instanceof JsonEOFException) {
      return "the JSON ends too early, after " + length + " bytes";
    }
    long at = complaint.getLocation() == null ? 0 : complaint.getLocation().getByteOffset();
    int place = (int) Math.max(0, Math.min(at, length));
    return "not JSON at byte %d, in %s: a JSON object in UTF-8 expected"
        .formatted(place, Quote.of(around(data, offset, length, place)));
  }

  /** Returns some text around a place; it starts with a whole character. */
  private static String around(byte[] data, int offset, int length, int place) {
    int from = Math.max(0, place - BYTES_BEFORE);
    while (from < place && (data[offset + from] & 0xC0) == 0x80) {
      from++;
    }
    return new String(data, offset + from, Math.min(MOST_BYTES, length - from), UTF_8);
  }
}
