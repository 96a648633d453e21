package dev.freshet.event;

/** Recognises by their first bytes records that are not UTF-8 text. */
public final class RecordEncoding {

  private static final int[] UTF8_MARK = {0xEF, 0xBB, 0xBF};

  private RecordEncoding() {}

  /** Returns the length of a UTF-8 byte order mark at the start; 0 if there is none. */
  static int markLength(byte[] data, int offset, int length) {
    return startsWith(data, offset, length, UTF8_MARK) ? UTF8_MARK.length : 0;
  }

  /** Describes the bytes of a record that is not UTF-8, and what to do about it. */
  public static String describe(byte[] data, int offset, int length) {
    if (startsWith(data, offset, length, 0xFE, 0xFF)
        || startsWith(data, offset, length, 0xFF, 0xFE)) {
      return "the record is UTF-16: put it as UTF-8";
    }
    return "the record is not UTF-8: "
        + length
        + " bytes that start with "
        + hex(data, offset, length);
  }

  private static String hex(byte[] data, int offset, int length) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < Math.min(length, 8); i++) {
      hex.append(i == 0 ? "" : " ").append(String.format("%02x", data[offset + i]));
    }
    return hex.toString();
  }

  private static boolean startsWith(byte[] data, int offset, int length, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= length || (data[offset + i] & 0xFF) != start[i]) {
        return false;
      }
    }
    return true;
  }
}
