package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.format.EventFormat;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that declarations share: the constants of {@code Orders}, read from the class. */
final class Vocabulary {

  static final String CLASS = "dev.freshet.lambdas.Orders";

  private final Map<String, Object> constants;

  private Vocabulary(Map<String, Object> constants) {
    this.constants = constants;
  }

  static Vocabulary known() {
    try {
      Map<String, Object> constants = new LinkedHashMap<>();
      for (Field field : Class.forName(CLASS).getDeclaredFields()) {
        field.setAccessible(true);
        constants.put(field.getName(), field.get(null));
      }
      return new Vocabulary(constants);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(CLASS + " cannot be read; build again", e);
    }
  }

  /** The names of the known dimensions, for a message. */
  String dimensions() {
    return names(known(Entity.class), Entity::name);
  }

  /** The names of the known event types, for a message. */
  String eventTypes() {
    return names(known(EventType.class), EventType::name);
  }

  /**
   * The dimension of a name; a {@code name:member}, {@code name:member,member} or, for a global
   * one, {@code name:*} that is not known is a new one.
   */
  Word<Entity> dimension(String text) {
    String[] parts = text.strip().split(":", 2);
    Optional<Word<Entity>> known =
        known(Entity.class).stream()
            .filter(each -> each.meaning().name().equals(parts[0]))
            .findFirst();
    if (parts.length == 1) {
      return known.orElseThrow(
          () ->
              new IllegalArgumentException(
                  ("there is no dimension %s, only %s; a new one is NAME:MEMBER, such as table:tableId,"
                          + " NAME:MEMBER,MEMBER, or NAME:* for one that all events belong to")
                      .formatted(text, dimensions())));
    }
    List<String> members =
        parts[1].equals("*")
            ? List.of()
            : Arrays.stream(parts[1].split(",", -1)).map(Vocabulary::requireMember).toList();
    Entity wanted = new Entity(parts[0], members);
    known.ifPresent(each -> requireSame(each.meaning(), wanted));
    return known.orElseGet(() -> new Word<>(unused(wanted.name()), wanted, true));
  }

  private static void requireSame(Entity known, Entity wanted) {
    Blueprint.require(
        known.equals(wanted),
        "the dimension %s is known by %s, not by %s"
            .formatted(wanted.name(), members(known), members(wanted)));
  }

  private static String members(Entity entity) {
    return entity.members().isEmpty() ? "*" : String.join(",", entity.members());
  }

  /** The event type of a name. */
  Word<EventType> eventType(String name) {
    return known(EventType.class).stream()
        .filter(each -> each.meaning().name().equals(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no event type %s, only %s; declare a new one with --new-type %s=MEMBER,…"
                        .formatted(name, eventTypes(), name)));
  }

  /**
   * A new event type, {@code NAME=member,member}. Its stream is named after it; it has the format
   * of the first known one.
   */
  Word<EventType> newEventType(String text) {
    String[] parts = text.strip().split("=", 2);
    String name = parts[0];
    Blueprint.require(
        name.matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*"),
        "a new event type is NAME=MEMBER,… with an upper-case name, such as"
            + " TABLE_RATED=tableId,stars: '"
            + text
            + "'");
    Blueprint.require(
        parts.length == 2 && !parts[1].isBlank(),
        "say which members %s carries, such as %s=tableId,stars".formatted(name, name));
    String[] members =
        Arrays.stream(parts[1].split(",", -1))
            .map(Vocabulary::requireMember)
            .toArray(String[]::new);
    String stream = name.toLowerCase(Locale.ROOT).replace('_', '-');
    EventType made = new EventType(name, stream, format().meaning()).carrying(members);
    return new Word<>(unused(name), made, true);
  }

  /** The format of the first known event type. */
  Word<EventFormat> format() {
    EventFormat format = known(EventType.class).get(0).meaning().format();
    return known(EventFormat.class).stream()
        .filter(each -> each.meaning().equals(format))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    CLASS + " has no constant for the format of its events: declare one"));
  }

  private String unused(String name) {
    String constant = name.toUpperCase(Locale.ROOT);
    Blueprint.require(
        !constants.containsKey(constant),
        "%s is taken: %s has a constant %s".formatted(name, CLASS, constant));
    return constant;
  }

  private static String requireMember(String text) {
    String member = text.strip();
    Blueprint.require(
        member.matches("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)*"),
        "a member of an event has a name of letters, digits, _ and dots between: '" + member + "'");
    return member;
  }

  private <T> List<Word<T>> known(Class<T> kind) {
    return constants.entrySet().stream()
        .filter(each -> kind.isInstance(each.getValue()))
        .map(each -> new Word<>(each.getKey(), kind.cast(each.getValue()), false))
        .toList();
  }

  static <T> String names(List<Word<T>> words, Function<T, String> name) {
    return words.stream().map(each -> name.apply(each.meaning())).collect(Collectors.joining(", "));
  }
}
