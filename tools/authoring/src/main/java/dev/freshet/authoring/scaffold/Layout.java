package dev.freshet.authoring.scaffold;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lays out what may be wider than a line, as google-java-format does; the rest is templates. */
final class Layout {

  private static final int WIDTH = 100;
  private static final int CONTINUATION = 4;

  /** Words of a text in a declaration: so many fit behind {@code "} and {@code + "}. */
  private static final Pattern PIECE = Pattern.compile("^.{1,84}(?= |$)|.{1,77}(?= |$)| ?[^ ]+");

  private Layout() {}

  /** A call with its arguments on its line, or on the next, or on a line of each. */
  static String call(int indent, String head, List<String> arguments, String tail) {
    String joined = String.join(", ", arguments) + tail;
    if (indent + head.length() + joined.length() <= WIDTH) {
      return head + joined;
    }
    String line = newLine(indent);
    return indent + CONTINUATION + joined.length() <= WIDTH
        ? head + line + joined
        : head + line + String.join("," + line, arguments) + tail;
  }

  /** A call with one text, in as many pieces as it takes. */
  static String callWithText(int indent, String head, String text) {
    String literal = literal(text);
    String call = call(indent, head, List.of(literal), ")");
    return call.lines().allMatch(line -> line.length() <= WIDTH)
        ? call
        : PIECE
            .matcher(literal.substring(1, literal.length() - 1))
            .results()
            .map(piece -> '"' + piece.group() + '"')
            .collect(
                Collectors.joining(
                    newLine(indent + CONTINUATION) + "+ ", head + newLine(indent), ")"));
  }

  /** A method chain on one line, or with each call on a line of its own. */
  static String chain(int indent, String head, List<String> calls, String tail) {
    String flat = head + String.join("", calls) + tail;
    return indent + flat.length() <= WIDTH
        ? flat
        : head + newLine(indent) + String.join(newLine(indent), calls) + tail;
  }

  /** A field of a class with its value behind the {@code =}, or on the next line. */
  static String field(String declared, String value) {
    String flat = declared + " = " + value;
    return flat.length() + 2 <= WIDTH ? flat : declared + " =" + newLine(2) + value;
  }

  static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String newLine(int indent) {
    return "\n" + " ".repeat(indent + CONTINUATION);
  }
}
