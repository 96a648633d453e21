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
      "Of which number? FROM:TO for the seconds between two times, or the MEMBER of an amount";

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
    String window =
        ask(
            "Over how many last events, or which time windows? Such as 50, or 5m,30m",
            Questions::requireWindow);
    boolean isLast = window.matches(NUMBER);
    String value = isLast ? ask(VALUE, Call::value) : askForValueIfAny();
    String features = isLast ? askForTransformations() : askForAggregates(types);
    return new Request(
        name,
        dimension,
        types.stream().filter(each -> !isNew(each)).toList(),
        types.stream().filter(Questions::isNew).toList(),
        isLast ? Integer.parseInt(window) : 0,
        isLast ? List.of() : items(window),
        value,
        items(features),
        description);
  }

  private String askForValueIfAny() throws IOException {
    return ask(
        VALUE + "; nothing if only counted",
        text -> {
          if (!text.isBlank()) {
            Call.value(text);
          }
        });
  }

  private String askForTransformations() throws IOException {
    return ask(
        "Which features? " + String.join(", ", OfferedTransformations.names()),
        text -> items(text).forEach(OfferedTransformations::named));
  }

  private String askForAggregates(List<String> types) throws IOException {
    Set<String> members =
        types.stream().flatMap(each -> type(each).members().stream()).collect(Collectors.toSet());
    return ask(
        "Which features? NAME for a count, NAME_sum and NAME_mean of the value",
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

  private static void requireWindow(String text) {
    if (!text.matches(NUMBER)) {
      items(text).forEach(Call::timeWindow);
    }
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
