package dev.freshet.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.event.Members.Values;

/**
 * Reads the wanted members of a flat JSON object: its values are texts of plain ASCII, numbers
 * without an exponent, {@code true}, {@code false} and {@code null}.
 *
 * <p>Written by hand because nearly every event is such an object: setting up a general parser for
 * some hundred bytes takes longer than reading them. Accepts no document that is not JSON, and
 * leaves to the parser whatever is unusual.
 */
final class FlatObject {

  private static final byte[] TRUE = "true".getBytes(ISO_8859_1);
  private static final byte[] FALSE = "false".getBytes(ISO_8859_1);
  private static final byte[] NULL = "null".getBytes(ISO_8859_1);
  private static final byte LAST_PLAIN = '~';

  private final byte[] data;
  private final int end;
  private final FlatNames names;
  private final Values into;
  private int at;

  private FlatObject(byte[] data, int offset, int length, FlatNames names, Values into) {
    this.data = data;
    this.at = offset;
    this.end = offset + length;
    this.names = names;
    this.into = into;
  }

  /** Returns whether a document is a flat object; if not, the values are not to be used. */
  static boolean read(byte[] data, int offset, int length, FlatNames names, Values into) {
    return new FlatObject(data, offset, length, names, into).object();
  }

  private boolean object() {
    if (!next('{')) {
      return false;
    }
    if (!next('}')) {
      do {
        if (!member()) {
          return false;
        }
      } while (next(','));
      if (!next('}')) {
        return false;
      }
    }
    skipSpace();
    return at == end;
  }

  private boolean member() {
    if (!next('"')) {
      return false;
    }
    int start = at;
    int hash = 0;
    for (; at < end && isPlain(data[at]); at++) {
      hash = FlatNames.hash(hash, data[at]);
    }
    int index = names.find(hash, data, start, at);
    return take('"') && next(':') && index != FlatNames.NESTED && value(index);
  }

  private boolean value(int index) {
    skipSpace();
    if (take('"')) {
      return text(index);
    }
    if (at == end) {
      return false;
    }
    return switch (data[at]) {
      case 't' -> literal(TRUE, JsonToken.VALUE_TRUE, index);
      case 'f' -> literal(FALSE, JsonToken.VALUE_FALSE, index);
      case 'n' -> literal(NULL, JsonToken.VALUE_NULL, index);
      default -> number(index);
    };
  }

  private boolean text(int index) {
    int start = at;
    while (at < end && isPlain(data[at])) {
      at++;
    }
    set(index, JsonToken.VALUE_STRING, start);
    return take('"');
  }

  private boolean number(int index) {
    int start = at;
    take('-');
    if (!take('0') && digits() == 0) {
      return false;
    }
    boolean hasFraction = take('.');
    if (hasFraction && digits() == 0) {
      return false;
    }
    set(index, hasFraction ? JsonToken.VALUE_NUMBER_FLOAT : JsonToken.VALUE_NUMBER_INT, start);
    return true;
  }

  private int digits() {
    int start = at;
    while (at < end && data[at] >= '0' && data[at] <= '9') {
      at++;
    }
    return at - start;
  }

  private boolean literal(byte[] text, JsonToken token, int index) {
    int start = at;
    for (byte each : text) {
      if (!take(each)) {
        return false;
      }
    }
    set(index, token, start);
    return true;
  }

  /** Sets a member, if it is wanted, to the text up to the current place. */
  private void set(int index, JsonToken token, int start) {
    if (index != FlatNames.OTHER) {
      into.set(index, token, new String(data, start, at - start, ISO_8859_1));
    }
  }

  private boolean next(int character) {
    skipSpace();
    return take(character);
  }

  private boolean take(int character) {
    if (at == end || data[at] != character) {
      return false;
    }
    at++;
    return true;
  }

  private void skipSpace() {
    while (at < end
        && (data[at] == ' ' || data[at] == '\n' || data[at] == '\r' || data[at] == '\t')) {
      at++;
    }
  }

  /** Returns whether a byte of a text stands for itself: an ASCII character without escape. */
  private static boolean isPlain(byte each) {
    return each >= ' ' && each <= LAST_PLAIN && each != '"' && each != '\\';
  }
}
