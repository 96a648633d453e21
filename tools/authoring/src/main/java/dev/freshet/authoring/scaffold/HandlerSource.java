package dev.freshet.authoring.scaffold;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.function.AggregatorHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The class that declares the feature group. */
final class HandlerSource {

  static final String PACKAGE = "dev.freshet.lambdas";

  private static final int CHAIN = 10;

  private HandlerSource() {}

  static String of(Blueprint blueprint) {
    return """
        package %s;

        %s
        import %s;
        import %s;

        public final class %s extends AggregatorHandler {

          static final FeatureGroup FEATURES =
              FeatureGroup.named("%s")
        %s;

          public %s() {
            super(FEATURES);
          }
        }
        """
        .formatted(
            PACKAGE,
            JavaText.staticImports(staticImports(blueprint)),
            FeatureGroup.class.getName(),
            AggregatorHandler.class.getName(),
            blueprint.className(),
            blueprint.group().name(),
            String.join("\n", calls(blueprint)),
            blueprint.className());
  }

  private static List<String> calls(Blueprint blueprint) {
    List<String> calls = new ArrayList<>();
    calls.add(JavaText.callWithText(CHAIN, ".describedAs(", blueprint.group().description(), ")"));
    calls.add(call(".dimension(", List.of(blueprint.dimension().constant())));
    calls.add(call(".reads(", blueprint.eventTypes().stream().map(Word::constant).toList()));
    blueprint.value().ifPresent(value -> calls.add(call(".value(", List.of(value.code()))));
    for (List<Call<?>> over : blueprint.overs()) {
      calls.add(call(".over(", over.stream().<String>map(Call::code).toList()));
    }
    calls.add(" ".repeat(CHAIN) + ".build()");
    return calls;
  }

  private static String call(String head, List<String> arguments) {
    return JavaText.call(CHAIN, head, arguments, ")");
  }

  private static Set<String> staticImports(Blueprint blueprint) {
    Set<String> imports = new TreeSet<>();
    imports.add(Vocabulary.CLASS + "." + blueprint.dimension().constant());
    blueprint.eventTypes().forEach(each -> imports.add(Vocabulary.CLASS + "." + each.constant()));
    blueprint.value().ifPresent(value -> imports.add(value.imported()));
    blueprint.overs().forEach(over -> over.forEach(call -> imports.add(call.imported())));
    return imports;
  }
}
