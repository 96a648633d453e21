package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Tells text that has one spelling in UTF-8 from what only looks so.
 *
 * <p>JSON parsers let overlong sequences and encoded surrogates pass; two spellings of one id would
 * be one event to some readers and two to others.
 */
public final class Utf8 {

  private Utf8() {}

  /** Whether the bytes are well-formed UTF-8. */
  public static boolean isValid(byte[] data, int offset, int length) {
    if (isAscii(data, offset, length)) {
      return true;
    }
    try {
      UTF_8.newDecoder().decode(ByteBuffer.wrap(data, offset, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isAscii(byte[] data, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (data[i] < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the text can be written: two with a lone surrogate would meet in one key. */
  public static boolean canWrite(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (!Character.isSupplementaryCodePoint(text.codePointAt(i))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }
}
