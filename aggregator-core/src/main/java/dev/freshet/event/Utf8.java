package dev.freshet.event;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;

/**
 * Checks that text is well-formed UTF-8.
 *
 * <p>JSON parsers accept overlong sequences and encoded surrogates. Then one id would have two
 * spellings: some readers would see one event, others two.
 */
public final class Utf8 {

  private static final VarHandle EIGHT_BYTES =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long NOT_ASCII = 0x8080808080808080L;

  private Utf8() {}

  /** Returns whether the bytes are well-formed UTF-8. */
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

  /** Checks eight bytes at a time: nearly all events are ASCII, and every event is checked. */
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

  /**
   * Returns whether the text can be encoded. Lone surrogates cannot: two ids with different ones
   * would share a key.
   */
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
