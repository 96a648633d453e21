package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Dimension;
import dev.freshet.definition.EventType;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The class of the words that declarations share, as text; new words go behind the others. */
final class OrdersSource {

  private static final int CHAIN = 10;

  private OrdersSource() {}

  /** The text with the words of a blueprint that are new. */
  static String with(Blueprint blueprint, String text) {
    String result = text;
    for (Word<EventType> type : blueprint.eventTypes()) {
      result = type.isNew() ? behindTheLast("EventType", declaration(type), result) : result;
    }
    Word<Dimension> dimension = blueprint.dimension();
    return dimension.isNew() ? behindTheLast("Dimension", dimension(dimension), result) : result;
  }

  private static String behindTheLast(String type, String declaration, String text) {
    int end =
        Pattern.compile("^  static final " + type + " [^;]*;\n", Pattern.MULTILINE)
            .matcher(text)
            .results()
            .mapToInt(MatchResult::end)
            .max()
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "%s has no constant of type %s any more; declare %s there yourself"
                            .formatted(Vocabulary.CLASS, type, declaration.strip())));
    return text.substring(0, end) + declaration + text.substring(end);
  }

  private static String dimension(Word<Dimension> word) {
    return JavaText.field(
            2,
            "static final Dimension " + word.constant(),
            "new Dimension(\"%s\", \"%s\");"
                .formatted(word.meaning().name(), word.meaning().member()))
        + "\n";
  }

  private static String declaration(Word<EventType> word) {
    EventType type = word.meaning();
    String declared = "static final EventType " + word.constant();
    String made =
        "new EventType(\"%s\", \"%s\", \"%s\")".formatted(type.name(), type.stream(), type.item());
    List<String> members = type.members().stream().map(JavaText::literal).toList();
    String flat =
        JavaText.field(2, declared, made + ".carrying(" + String.join(", ", members) + ");");
    return flat.lines().allMatch(line -> line.length() <= 100)
        ? flat + "\n"
        : "  %s =\n      %s\n%s\n"
            .formatted(declared, made, JavaText.call(CHAIN, ".carrying(", members, ");"));
  }
}
