package dev.freshet.result;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.util.Arrays;

/**
 * Writes JSON text as bytes, piece by piece; the caller writes commas and braces.
 *
 * <p>Written by hand because every key of every batch gets a result: with a library's generator,
 * writing it would take several times as long as computing the features.
 */
final class JsonBytes {

  private static final int USUAL_BYTES = 1_024;
  private static final int LONGEST_NUMBER = 20;

  private byte[] bytes = new byte[USUAL_BYTES];
  private int length;

  /**
   * Writes text that needs no escaping: ASCII without quotes, backslashes and control characters.
   */
  JsonBytes plain(String text) {
    int characters = text.length();
    require(characters);
    for (int i = 0; i < characters; i++) {
      bytes[length + i] = (byte) text.charAt(i);
    }
    length += characters;
    return this;
  }

  /** Writes any text, escaped as JSON requires, without quotes around it. */
  JsonBytes escaped(String text) {
    byte[] escaped = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    require(escaped.length);
    System.arraycopy(escaped, 0, bytes, length, escaped.length);
    length += escaped.length;
    return this;
  }

  JsonBytes number(long number) {
    if (number == Long.MIN_VALUE) {
      return plain(Long.toString(number));
    }
    require(LONGEST_NUMBER);
    if (number < 0) {
      bytes[length++] = '-';
    }
    long rest = Math.abs(number);
    int end = length + digits(rest);
    for (int i = end; i > length; rest /= 10) {
      bytes[--i] = (byte) ('0' + rest % 10);
    }
    length = end;
    return this;
  }

  /** Writes a number as {@link DecimalText} does. */
  JsonBytes number(double number) {
    return DecimalText.isInteger(number) ? number((long) number) : plain(DecimalText.of(number));
  }

  /** Returns a copy of the bytes written, and empties the buffer. */
  byte[] take() {
    byte[] taken = Arrays.copyOf(bytes, length);
    length = 0;
    return taken;
  }

  private static int digits(long number) {
    int digits = 1;
    for (long rest = number / 10; rest > 0; rest /= 10) {
      digits++;
    }
    return digits;
  }

  private void require(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
