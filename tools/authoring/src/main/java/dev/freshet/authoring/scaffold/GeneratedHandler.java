package dev.freshet.authoring.scaffold;

import dev.freshet.authoring.Template;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
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
    model.put("staticImports", imports(blueprint, true));
    model.put("imports", imports(blueprint, false));
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
    blueprint.filter().ifPresent(filter -> calls.add(call(".where(", List.of(filter.code()))));
    for (List<Call<?>> over : blueprint.overs()) {
      calls.add(call(".over(", over.stream().<String>map(Call::code).toList()));
    }
    return calls;
  }

  private static String call(String head, List<String> arguments) {
    return Layout.call(CHAIN, head, arguments, ")");
  }

  /** The static imports, or those of classes, in their order. */
  private static List<String> imports(Blueprint blueprint, boolean ofStatics) {
    Set<String> imports = new TreeSet<>();
    if (ofStatics) {
      Stream.concat(Stream.of(blueprint.dimension()), blueprint.eventTypes().stream())
          .forEach(word -> imports.add("static " + Vocabulary.CLASS + "." + word.constant()));
    } else {
      imports.add(FeatureGroup.class.getName());
      imports.add(AggregatorHandler.class.getName());
    }
    Stream.concat(
            Stream.concat(blueprint.value().stream(), blueprint.filter().stream()),
            blueprint.overs().stream().flatMap(List::stream))
        .flatMap(call -> call.imports().stream())
        .filter(each -> each.startsWith("static ") == ofStatics)
        .forEach(imports::add);
    return List.copyOf(imports);
  }
}
