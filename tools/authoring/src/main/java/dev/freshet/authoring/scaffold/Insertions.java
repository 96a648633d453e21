package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The lines that a feature group adds to the classes that all groups share. */
final class Insertions {

  static final String CATALOGUE = "OrdersCatalogue";

  private static final String LAST_GROUP = "Handler.FEATURES)";

  private Insertions() {}

  /** The class of the catalogue with the group of a handler at the end of its list. */
  static String withGroup(Blueprint blueprint, String text) {
    int last = text.lastIndexOf(LAST_GROUP);
    String group = blueprint.className() + ".FEATURES";
    if (last < 0) {
      throw new IllegalStateException(
          CATALOGUE + " has no list of feature groups any more; add " + group + " to it yourself");
    }
    int end = last + LAST_GROUP.length() - 1;
    return text.substring(0, end) + ",\n        " + group + text.substring(end);
  }

  /** The class of the shared words with those of a blueprint that are new. */
  static String withWords(Blueprint blueprint, String text) {
    String result = text;
    for (Word<EventType> type : blueprint.eventTypes()) {
      result =
          type.isNew()
              ? behindTheLast("EventType", eventType(type, blueprint.format()), result)
              : result;
    }
    Word<Entity> dimension = blueprint.dimension();
    return dimension.isNew() ? behindTheLast("Entity", entity(dimension), result) : result;
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
                            .formatted(Vocabulary.CLASS, type, declaration)));
    return text.substring(0, end) + "  " + declaration + "\n" + text.substring(end);
  }

  private static String entity(Word<Entity> word) {
    Entity entity = word.meaning();
    String name = Layout.literal(entity.name());
    List<String> members = entity.members().stream().map(Layout::literal).toList();
    return Layout.field(
        "static final Entity " + word.constant(),
        members.isEmpty()
            ? "Entity.global(" + name + ");"
            : "Entity.named(%s).by(%s);".formatted(name, String.join(", ", members)));
  }

  /** A new event type, in the format of the first. */
  private static String eventType(Word<EventType> word, String format) {
    EventType type = word.meaning();
    String made = "new EventType(\"%s\", \"%s\", %s)".formatted(type.name(), type.stream(), format);
    List<String> members = type.members().stream().map(Layout::literal).toList();
    String carrying = Layout.call(10, ".carrying(", members, ");");
    String value = Layout.chain(6, made, List.of(carrying), "");
    return Layout.field("static final EventType " + word.constant(), value);
  }
}
