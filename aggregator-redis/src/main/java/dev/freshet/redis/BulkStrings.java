package dev.freshet.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/** Texts one after another in the protocol of Redis: {@code $3\r\nSET\r\n}. */
final class BulkStrings {

  private static final int USUAL_BYTES = 2_048;

  /** The dollar sign, the length, and two line ends. */
  private static final int MOST_AROUND = 16;

  private static final int MOST_DIGITS = 19;
  private static final int FIRST_NOT_ASCII = 0x80;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int length;
  private int count;

  /** The number of texts. */
  int count() {
    return count;
  }

  /** The texts, up to {@link #length}. */
  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  void add(byte[] text) {
    begin(text.length);
    System.arraycopy(text, 0, bytes, length, text.length);
    end(text.length);
  }

  void add(String text) {
    int characters = text.length();
    int start = length;
    begin(characters);
    for (int i = 0; i < characters; i++) {
      char character = text.charAt(i);
      if (character >= FIRST_NOT_ASCII) {
        length = start;
        add(text.getBytes(UTF_8));
        return;
      }
      bytes[length + i] = (byte) character;
    }
    end(characters);
  }

  void add(long number) {
    if (number == Long.MIN_VALUE) {
      add(Long.toString(number).getBytes(US_ASCII));
      return;
    }
    int sign = number < 0 ? 1 : 0;
    int characters = sign + digits(Math.abs(number));
    begin(characters);
    bytes[length] = '-';
    putDigits(Math.abs(number), length + sign, length + characters);
    end(characters);
  }

  private void begin(int textLength) {
    if (length + textLength + MOST_AROUND > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + textLength + MOST_AROUND);
    }
    bytes[length++] = '$';
    int digits = digits(textLength);
    putDigits(textLength, length, length + digits);
    length += digits;
    endLine();
  }

  private void end(int textLength) {
    length += textLength;
    endLine();
    count++;
  }

  private void endLine() {
    bytes[length++] = '\r';
    bytes[length++] = '\n';
  }

  private void putDigits(long number, int from, int to) {
    long rest = number;
    for (int i = to; i > from; rest /= 10) {
      bytes[--i] = (byte) ('0' + rest % 10);
    }
  }

  private static int digits(long number) {
    int digits = 1;
    for (long bound = 10; number >= bound && digits < MOST_DIGITS; bound *= 10) {
      digits++;
    }
    return digits;
  }
}
