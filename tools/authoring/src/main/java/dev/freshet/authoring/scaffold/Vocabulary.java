package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Dimension;
import dev.freshet.definition.EventType;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The words that declarations share: the constants of {@code Orders}, read from the class. */
final class Vocabulary {

  static final String CLASS = "dev.freshet.lambdas.Orders";

  private final List<Word<Object>> words;

  private Vocabulary(List<Word<Object>> words) {
    this.words = words;
  }

  static Vocabulary known() {
    try {
      List<Word<Object>> words = new ArrayList<>();
      for (Field field : Class.forName(CLASS).getDeclaredFields()) {
        field.setAccessible(true);
        words.add(new Word<>(field.getName(), field.get(null), false));
      }
      return new Vocabulary(words);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(CLASS + " cannot be read; build again", e);
    }
  }

  List<Word<Dimension>> dimensions() {
    return of(Dimension.class);
  }

  List<Word<EventType>> eventTypes() {
    return of(EventType.class);
  }

  /** The dimension of a name; a {@code name:member} that is not known is a new one. */
  Word<Dimension> dimension(String text) {
    String[] parts = text.strip().split(":", 2);
    Optional<Word<Dimension>> known = find(dimensions(), each -> each.name(), parts[0]);
    if (parts.length == 1) {
      return known.orElseThrow(
          () ->
              new IllegalArgumentException(
                  "there is no dimension %s, only %s; a new one is NAME:MEMBER, such as table:tableId"
                      .formatted(text, names(dimensions(), each -> each.name()))));
    }
    Dimension wanted = new Dimension(parts[0], requireMember(parts[1]));
    if (known.isPresent()) {
      return requireSame(known.get(), wanted);
    }
    return new Word<>(unused(wanted.name()), wanted, true);
  }

  private static Word<Dimension> requireSame(Word<Dimension> known, Dimension wanted) {
    if (!known.meaning().equals(wanted)) {
      throw new IllegalArgumentException(
          "the dimension %s is known by %s, not by %s"
              .formatted(wanted.name(), known.meaning().member(), wanted.member()));
    }
    return known;
  }

  /** The event type of a name. */
  Word<EventType> eventType(String name) {
    return find(eventTypes(), each -> each.name(), name.strip())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no event type %s, only %s; declare a new one with --new-type %s=MEMBER,…"
                        .formatted(name, names(eventTypes(), each -> each.name()), name)));
  }

  /** A new event type, {@code NAME=member,member}; its stream is named after it. */
  Word<EventType> newEventType(String text) {
    String[] parts = text.strip().split("=", 2);
    String name = parts[0];
    if (!name.matches("[A-Z][A-Z0-9]*(_[A-Z0-9]+)*")) {
      throw new IllegalArgumentException(
          "a new event type is NAME=MEMBER,… with an upper-case name, such as"
              + " TABLE_RATED=tableId,stars: '"
              + text
              + "'");
    }
    if (parts.length == 1 || parts[1].isBlank()) {
      throw new IllegalArgumentException(
          "say which members %s carries, such as %s=tableId,stars".formatted(name, name));
    }
    String[] members =
        Arrays.stream(parts[1].split(",", -1))
            .map(Vocabulary::requireMember)
            .toArray(String[]::new);
    String stream = name.toLowerCase(Locale.ROOT).replace('_', '-');
    return new Word<>(unused(name), new EventType(name, stream, item()).carrying(members), true);
  }

  /** New events belong to the items that the known ones do. */
  private String item() {
    return eventTypes().get(0).meaning().item();
  }

  private String unused(String name) {
    String constant = name.toUpperCase(Locale.ROOT);
    if (words.stream().anyMatch(each -> each.constant().equals(constant))) {
      throw new IllegalArgumentException(
          "%s is taken: %s has a constant %s".formatted(name, CLASS, constant));
    }
    return constant;
  }

  private static String requireMember(String text) {
    String member = text.strip();
    if (!member.matches("[A-Za-z][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException(
          "a member of an event has a name of letters, digits and _: '" + member + "'");
    }
    return member;
  }

  private <T> List<Word<T>> of(Class<T> kind) {
    return words.stream()
        .filter(each -> kind.isInstance(each.meaning()))
        .map(each -> new Word<>(each.constant(), kind.cast(each.meaning()), each.isNew()))
        .toList();
  }

  private static <T> Optional<Word<T>> find(
      List<Word<T>> words, Function<T, String> name, String wanted) {
    return words.stream().filter(each -> name.apply(each.meaning()).equals(wanted)).findFirst();
  }

  static <T> String names(List<Word<T>> words, Function<T, String> name) {
    return words.stream().map(each -> name.apply(each.meaning())).collect(Collectors.joining(", "));
  }
}
