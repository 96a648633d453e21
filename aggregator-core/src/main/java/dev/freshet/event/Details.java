package dev.freshet.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;

/** Puts what a JSON parser complains of into one bounded line. */
final class Details {

  private static final int LONGEST = 300;

  private Details() {}

  static String of(IOException complaint) {
    String message =
        complaint instanceof JsonProcessingException json
            ? json.getOriginalMessage() + position(json)
            : complaint.getMessage();
    String line = String.valueOf(message).replaceAll("\\s+", " ");
    return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
  }

  private static String position(JsonProcessingException json) {
    return json.getLocation() == null ? "" : " at byte " + json.getLocation().getByteOffset();
  }
}
