package dev.freshet.authoring.scaffold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Java as google-java-format lays it out, as far as the scaffold needs it. */
final class JavaText {

  private static final int WIDTH = 100;
  private static final int CONTINUATION = 4;

  private JavaText() {}

  /** A call with its arguments on its line, or on the next, or on a line of each. */
  static String call(int indent, String head, List<String> arguments, String tail) {
    String joined = String.join(", ", arguments);
    String line = " ".repeat(indent) + head + joined + tail;
    if (line.length() <= WIDTH) {
      return line;
    }
    String inner = " ".repeat(indent + CONTINUATION);
    String start = " ".repeat(indent) + head + "\n" + inner;
    return (inner + joined + tail).length() <= WIDTH
        ? start + joined + tail
        : start + String.join(",\n" + inner, arguments) + tail;
  }

  /** A call with one text as its argument, in as many pieces as it takes. */
  static String callWithText(int indent, String head, String text, String tail) {
    String line = call(indent, head, List.of(literal(text)), tail);
    if (line.lines().allMatch(each -> each.length() <= WIDTH)) {
      return line;
    }
    String inner = " ".repeat(indent + CONTINUATION);
    String plus = "\n" + " ".repeat(indent + 2 * CONTINUATION) + "+ ";
    List<String> pieces = pieces(text, indent + CONTINUATION, tail.length());
    return " ".repeat(indent)
        + head
        + "\n"
        + inner
        + pieces.stream().map(JavaText::literal).collect(Collectors.joining(plus))
        + tail;
  }

  /** Words, as many as fit; the first line has more room, the last one ends in the tail. */
  private static List<String> pieces(String text, int indent, int tail) {
    List<String> pieces = new ArrayList<>();
    List<String> words = List.of(text.split("(?= )", -1));
    String piece = "";
    int room = WIDTH - indent;
    for (int i = 0; i < words.size(); i++) {
      int reserved = i == words.size() - 1 ? tail : 0;
      if (!piece.isEmpty() && literal(piece + words.get(i)).length() + reserved > room) {
        pieces.add(piece);
        piece = "";
        room = WIDTH - indent - CONTINUATION - 2;
      }
      piece += words.get(i);
    }
    pieces.add(piece);
    return pieces;
  }

  /** A method chain on one line, or with each call on a line of its own. */
  static String chain(int indent, String head, List<String> calls) {
    String line = " ".repeat(indent) + head + String.join("", calls);
    return line.length() <= WIDTH
        ? line
        : " ".repeat(indent)
            + head
            + calls.stream()
                .map(each -> "\n" + " ".repeat(indent + CONTINUATION) + each)
                .collect(Collectors.joining());
  }

  /** A value behind the {@code =} of a field, or on the next line. */
  static String field(int indent, String declared, String value) {
    String line = " ".repeat(indent) + declared + " = " + value;
    return line.length() <= WIDTH
        ? line
        : " ".repeat(indent) + declared + " =\n" + " ".repeat(indent + CONTINUATION) + value;
  }

  static String literal(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  static String imports(Collection<String> names) {
    return lines("import ", names);
  }

  static String staticImports(Collection<String> names) {
    return lines("import static ", names);
  }

  private static String lines(String start, Collection<String> names) {
    return new TreeSet<>(names)
        .stream().map(each -> start + each + ";\n").collect(Collectors.joining());
  }
}
