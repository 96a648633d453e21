package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;

/**
 * Tells text that has one spelling in UTF-8 from what only looks so.
 *
 * <p>JSON parsers let overlong sequences and encoded surrogates pass; two spellings of one id would
 * be one event to some readers and two to others.
 */
public final class Utf8 {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long NOT_ASCII = 0x8080808080808080L;

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

  /** Eight bytes at a time: nearly all events are ASCII, and every one is looked through. */
  private static boolean isAscii(byte[] data, int offset, int length) {
    int end = offset + length;
    int i = offset;
    for (; i <= end - Long.BYTES; i += Long.BYTES) {
      if (((long) EIGHT_BYTES.get(data, i) & NOT_ASCII) != 0) {
        return false;
      }
    }
    for (; i < end; i++) {
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
