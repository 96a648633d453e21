package dev.freshet.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Identifies an event by its content. */
final class Contents {

  private static final int DIGITS = 32;

  private Contents() {}

  /**
   * Returns the first 32 hexadecimal digits of the SHA-256 of an event's bytes, without a byte
   * order mark and without white space around them: an event is the same alone, in a line or in an
   * array.
   */
  static String id(byte[] data, int offset, int length) {
    int from = offset + RecordEncoding.markLength(data, offset, length);
    int to = offset + length;
    while (from < to && isSpace(data[from])) {
      from++;
    }
    while (to > from && isSpace(data[to - 1])) {
      to--;
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(data, from, to - from);
      return HexFormat.of().formatHex(digest.digest(), 0, DIGITS / 2);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  private static boolean isSpace(byte each) {
    return each == ' ' || each == '\n' || each == '\r' || each == '\t';
  }
}
