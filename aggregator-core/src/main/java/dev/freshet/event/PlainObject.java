package dev.freshet.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonToken;
import dev.freshet.event.Members.Node;

/**
 * Reads the wanted members of a plain JSON object: its values are texts of plain ASCII, numbers
 * without an exponent, {@code true}, {@code false}, {@code null}, and such objects.
 *
 * <p>Written by hand because nearly every event is such an object: setting up a general parser for
 * some hundred bytes takes longer than reading them. Accepts no document that is not JSON, and
 * leaves to the parser whatever is unusual.
 */
final class PlainObject {

  private static final byte[] TRUE = "true".getBytes(ISO_8859_1);
  private static final byte[] FALSE = "false".getBytes(ISO_8859_1);
  private static final byte[] NULL = "null".getBytes(ISO_8859_1);
  private static final byte LAST_PLAIN = '~';
  private static final int DEEPEST = 16;
  private static final PlainNames NONE = new PlainNames();

  private final byte[] data;
  private final int end;
  private final MemberValues into;
  private int at;
  private int depth;

  private PlainObject(byte[] data, int offset, int length, MemberValues into) {
    this.data = data;
    this.at = offset;
    this.end = offset + length;
    this.into = into;
  }

  /** Returns whether a document is a plain object; if not, the values are not to be used. */
  static boolean read(byte[] data, int offset, int length, Node root, MemberValues into) {
    PlainObject object = new PlainObject(data, offset, length, into);
    if (!object.next('{') || !object.members(root.names())) {
      return false;
    }
    object.skipSpace();
    return object.at == object.end;
  }

  /** Reads an object behind its brace. */
  private boolean members(PlainNames names) {
    if (next('}')) {
      return true;
    }
    do {
      if (!member(names)) {
        return false;
      }
    } while (next(','));
    return next('}');
  }

  private boolean member(PlainNames names) {
    if (!next('"')) {
      return false;
    }
    int start = at;
    int hash = 0;
    for (; at < end && isPlain(data[at]); at++) {
      hash = PlainNames.hash(hash, data[at]);
    }
    Node node = names.find(hash, data, start, at);
    return take('"') && next(':') && value(node);
  }

  private boolean value(Node node) {
    skipSpace();
    if (take('"')) {
      return text(node);
    }
    if (at == end) {
      return false;
    }
    return switch (data[at]) {
      case '{' -> inner(node);
      case 't' -> literal(TRUE, JsonToken.VALUE_TRUE, node);
      case 'f' -> literal(FALSE, JsonToken.VALUE_FALSE, node);
      case 'n' -> literal(NULL, JsonToken.VALUE_NULL, node);
      default -> number(node);
    };
  }

  private boolean text(Node node) {
    int start = at;
    while (at < end && isPlain(data[at])) {
      at++;
    }
    return set(node, JsonToken.VALUE_STRING, start) && take('"');
  }

  private boolean number(Node node) {
    int start = at;
    take('-');
    if (!take('0') && digits() == 0) {
      return false;
    }
    boolean hasFraction = take('.');
    if (hasFraction && digits() == 0) {
      return false;
    }
    JsonToken token = hasFraction ? JsonToken.VALUE_NUMBER_FLOAT : JsonToken.VALUE_NUMBER_INT;
    return set(node, token, start);
  }

  private int digits() {
    int start = at;
    while (at < end && data[at] >= '0' && data[at] <= '9') {
      at++;
    }
    return at - start;
  }

  private boolean literal(byte[] text, JsonToken token, Node node) {
    int start = at;
    for (byte each : text) {
      if (!take(each)) {
        return false;
      }
    }
    return set(node, token, start);
  }

  private boolean inner(Node node) {
    if (depth == DEEPEST) {
      return false;
    }
    if (node != null) {
      into.setObject(node);
    }
    take('{');
    depth++;
    boolean isPlain = members(node == null ? NONE : node.names());
    depth--;
    return isPlain;
  }

  /**
   * Sets a member, if it is wanted, to the text up to the current place.
   *
   * @return false if members inside are wanted: there are none, which is for the parser to describe
   */
  private boolean set(Node node, JsonToken token, int start) {
    if (node == null) {
      return true;
    }
    into.set(node, token, new String(data, start, at - start, ISO_8859_1));
    return token == JsonToken.VALUE_NULL || !node.hasInside();
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
