package dev.freshet.packing;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits arrays and lines of JSON into their parts. Follows strings and brackets only: whether a
 * part is JSON is for its parser to say, so one bad part spoils no other.
 */
final class JsonSplitter {

  private static final int OPEN = -1;

  private JsonSplitter() {}

  /**
   * Returns the place after an object or array that starts at {@code from}, or a negative number if
   * it does not end before {@code to}.
   */
  static int end(byte[] data, int from, int to) {
    int depth = 0;
    for (int at = from; at < to; at++) {
      switch (data[at]) {
        case '"' -> at = lastOfString(data, at, to);
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {
          // Part of a number, a word or white space.
        }
      }
      if (depth == 0) {
        return at < to ? at + 1 : OPEN;
      }
    }
    return OPEN;
  }

  /** Returns the place of the quotation mark that ends a string, or {@code to}. */
  private static int lastOfString(byte[] data, int from, int to) {
    int at = from + 1;
    while (at < to && data[at] != '"') {
      at += data[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, to);
  }

  /** Returns the lines that are not blank, without white space around them. */
  static List<Bytes> lines(Bytes text, int most) throws UnreadableException {
    List<Bytes> lines = new ArrayList<>();
    for (int start = text.from(); start < text.to(); ) {
      int end = text.newLine(start);
      add(lines, new Bytes(text.data(), start, end).trimmed(), most);
      start = end + 1;
    }
    return lines;
  }

  private static void add(List<Bytes> parts, Bytes part, int most) throws UnreadableException {
    if (part.length() > 0) {
      if (parts.size() == most) {
        throw RecordUnpacker.tooMany(most);
      }
      parts.add(part);
    }
  }

  /**
   * Returns the elements of an array, without white space around them.
   *
   * @throws UnreadableException if the array does not end, something follows it, or an element is
   *     missing between two commas
   */
  static List<Bytes> elements(Bytes text, int most) throws UnreadableException {
    Bytes array = text.trimmed();
    byte[] data = array.data();
    int open = array.from();
    while (data[open] != '[') {
      open++; // a byte order mark
    }
    List<Bytes> elements = new ArrayList<>();
    int start = open + 1;
    for (int at = start; at < array.to(); at++) {
      switch (data[at]) {
        case '"' -> at = lastOfString(data, at, array.to());
        case '{', '[' -> at = skip(data, at, array.to());
        case ',' -> {
          addElement(elements, new Bytes(data, start, at), most);
          start = at + 1;
        }
        case ']' -> {
          return finish(elements, array, start, at, most);
        }
        default -> {
          // Part of a number, a word or white space.
        }
      }
    }
    throw new UnreadableException(
        "the JSON array does not end within its %d bytes".formatted(text.length()));
  }

  /** Returns the place of the last byte of an object or array, or {@code to} if it does not end. */
  private static int skip(byte[] data, int from, int to) {
    int end = end(data, from, to);
    return end == OPEN ? to : end - 1;
  }

  private static List<Bytes> finish(List<Bytes> elements, Bytes array, int start, int end, int most)
      throws UnreadableException {
    if (end + 1 < array.to()) {
      throw new UnreadableException(
          "something follows the JSON array, at byte " + (end + 1 - array.from()));
    }
    Bytes last = new Bytes(array.data(), start, end);
    if (!elements.isEmpty() || last.trimmed().length() > 0) {
      addElement(elements, last, most);
    }
    return elements;
  }

  private static void addElement(List<Bytes> elements, Bytes element, int most)
      throws UnreadableException {
    Bytes trimmed = element.trimmed();
    if (trimmed.length() == 0) {
      throw new UnreadableException(
          "the JSON array has no element %d: a comma too many".formatted(elements.size() + 1));
    }
    add(elements, trimmed, most);
  }
}
