package dev.freshet.authoring.scaffold;

import dev.freshet.authoring.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The class that declares the feature group. */
final class GeneratedHandler {

  static final String PACKAGE = "dev.freshet.lambdas";

  private static final int CHAIN = 10;

  private GeneratedHandler() {}

  static String of(Blueprint blueprint) {
    Map<String, Object> model = new HashMap<>();
    model.put("staticImports", staticImports(blueprint));
    model.put("className", blueprint.className());
    model.put("name", blueprint.group().name());
    model.put("calls", calls(blueprint));
    return new Template(GeneratedHandler.class, "Handler.java.txt").of(model);
  }

  private static List<String> calls(Blueprint blueprint) {
    List<String> calls = new ArrayList<>();
    calls.add(Layout.callWithText(CHAIN, ".describedAs(", blueprint.group().description()));
    calls.add(".dimension(" + blueprint.dimension().constant() + ")");
    calls.add(call(".reads(", blueprint.eventTypes().stream().map(Word::constant).toList()));
    blueprint.value().ifPresent(value -> calls.add(call(".value(", List.of(value.code()))));
    for (List<Call<?>> over : blueprint.overs()) {
      calls.add(call(".over(", over.stream().<String>map(Call::code).toList()));
    }
    return calls;
  }

  private static String call(String head, List<String> arguments) {
    return Layout.call(CHAIN, head, arguments, ")");
  }

  private static Set<String> staticImports(Blueprint blueprint) {
    Set<String> imports = new TreeSet<>();
    Stream.concat(Stream.of(blueprint.dimension()), blueprint.eventTypes().stream())
        .forEach(word -> imports.add(Vocabulary.CLASS + "." + word.constant()));
    blueprint.value().ifPresent(value -> imports.add(value.imported()));
    blueprint.overs().forEach(over -> over.forEach(call -> imports.add(call.imported())));
    return imports;
  }
}
