package dev.freshet.authoring.scaffold;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks for what a new feature group needs, each thing until the answer makes sense. */
public final class Questions {

  private static final String NUMBER = "[0-9]{1,9}";

  private static final String VALUE =
      "Of which input? FROM:TO for the seconds between two times, the MEMBER of an amount, or one such"
          + " as text(MEMBER)";

  private final BufferedReader in;
  private final PrintWriter out;
  private final Vocabulary vocabulary = Vocabulary.known();

  public Questions(BufferedReader in, PrintWriter out) {
    this.in = in;
    this.out = out;
  }

  /**
   * The answers, as a request.
   *
   * @throws IllegalArgumentException if the answers end before the questions do
   */
  public Request ask() throws IOException {
    String name =
        ask("Name of the feature group, such as store_ratings", text -> FeatureGroup.named(text));
    String description = ask("What do its features mean? One sentence", text -> {});
    String dimension =
        ask(
            "Of what? " + vocabulary.dimensions() + "; or a new one as NAME:MEMBER",
            vocabulary::dimension);
    List<String> types =
        items(
            ask(
                "Made of which events? "
                    + vocabulary.eventTypes()
                    + "; or a new one as NAME=MEMBER,MEMBER",
                this::requireTypes),
            "\\s+");
    List<String> windows =
        items(
            ask(
                "Over how many last events, or which time windows? Such as 50, or 5m,30m",
                Questions::requireWindows));
    int last =
        windows.stream()
            .filter(Questions::isNumber)
            .mapToInt(Integer::parseInt)
            .findFirst()
            .orElse(0);
    boolean isLast = windows.stream().allMatch(Questions::isNumber);
    String value =
        isLast
            ? ask(VALUE, InputCalls::input)
            : ask(VALUE + "; nothing if only counted", optional(InputCalls::input));
    String filter =
        ask("Only some events? Such as status=paid; nothing for all", optional(InputCalls::filter));
    return new Request(
        name,
        dimension,
        types.stream().filter(each -> !isNew(each)).toList(),
        types.stream().filter(Questions::isNew).toList(),
        last,
        windows.stream().filter(each -> !isNumber(each)).toList(),
        value,
        filter,
        items(askForFeatures(types)),
        description);
  }

  private static Consumer<String> optional(Consumer<String> check) {
    return text -> {
      if (!text.isBlank()) {
        check.accept(text);
      }
    };
  }

  private String askForFeatures(List<String> types) throws IOException {
    Set<String> members =
        types.stream().flatMap(each -> type(each).members().stream()).collect(Collectors.toSet());
    return ask(
        "Which features? NAME for a count; of the value %s, also with a NAME_ in front"
            .formatted(String.join(", ", AggregateCalls.names())),
        text -> AggregateCalls.named(items(text), members));
  }

  private String ask(String question, Consumer<String> check) throws IOException {
    while (true) {
      out.print(question + "\n> ");
      out.flush();
      String answer = in.readLine();
      if (answer == null) {
        throw new IllegalArgumentException("the answers ended: nothing was written");
      }
      try {
        check.accept(answer.strip());
        return answer.strip();
      } catch (IllegalArgumentException e) {
        out.println(e.getMessage());
      }
    }
  }

  private void requireTypes(String text) {
    Blueprint.require(!text.isBlank(), "name at least one");
    items(text, "\\s+").forEach(this::type);
  }

  private EventType type(String text) {
    return (isNew(text) ? vocabulary.newEventType(text) : vocabulary.eventType(text)).meaning();
  }

  private static void requireWindows(String text) {
    List<String> windows = items(text);
    windows.stream().filter(each -> !isNumber(each)).forEach(Call::timeWindow);
    Blueprint.require(
        windows.stream().filter(Questions::isNumber).count() <= 1,
        "name one number of last events");
  }

  private static boolean isNumber(String text) {
    return text.matches(NUMBER);
  }

  private static boolean isNew(String type) {
    return type.contains("=");
  }

  private static List<String> items(String text) {
    return items(text, "[\\s,]+");
  }

  private static List<String> items(String text, String separator) {
    return Arrays.asList(text.strip().split(separator, -1));
  }
}
