package dev.freshet.fold;

/** Converts UUIDs between text of 36 characters and 16 bytes. */
final class Uuids {

  /** Marks a UUID; written in place of the length of a common prefix. */
  static final int MARK = 0xFF;

  static final int PACKED = 16;

  private static final int LENGTH = 36;
  private static final byte[] DIGITS =
      "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);

  private Uuids() {}

  /** Returns the 16 bytes of a UUID in lower case; null for any other text. */
  static byte[] pack(byte[] text) {
    if (text.length != LENGTH) {
      return null;
    }
    byte[] packed = new byte[PACKED];
    int at = 0;
    for (int i = 0; i < PACKED; i++) {
      if (isBehindDash(i) && text[at++] != '-') {
        return null;
      }
      int high = digit(text[at++]);
      int low = digit(text[at++]);
      if ((high | low) < 0) {
        return null;
      }
      packed[i] = (byte) ((high << 4) | low);
    }
    return packed;
  }

  /** Returns the text of a UUID. */
  static byte[] unpack(byte[] source, int offset) {
    byte[] text = new byte[LENGTH];
    int at = 0;
    for (int i = 0; i < PACKED; i++) {
      if (isBehindDash(i)) {
        text[at++] = '-';
      }
      text[at++] = DIGITS[(source[offset + i] >> 4) & 0xF];
      text[at++] = DIGITS[source[offset + i] & 0xF];
    }
    return text;
  }

  private static boolean isBehindDash(int index) {
    return index == 4 || index == 6 || index == 8 || index == 10;
  }

  private static int digit(byte character) {
    if (character >= '0' && character <= '9') {
      return character - '0';
    }
    return character >= 'a' && character <= 'f' ? character - 'a' + 10 : -1;
  }
}
