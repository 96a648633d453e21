package dev.freshet.authoring.catalog;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import java.util.List;
import java.util.stream.Collectors;

/** The catalogue as the page {@code docs/feature-catalogue.md}. */
public final class MarkdownCatalogue {

  private MarkdownCatalogue() {}

  public static String of(List<FeatureGroup> groups) {
    List<GroupFacts> all = GroupFacts.of(groups);
    return """
        # Feature catalogue

        Made from the declarations by `./freshet catalog --markdown docs/feature-catalogue.md`; the build checks that it is current.
        What the windows mean to the millisecond: [features and the feature store](features.md).

        | feature group | of | what it means |
        | --- | --- | --- |
        %s
        %s"""
        .formatted(
            all.stream().map(MarkdownCatalogue::row).collect(Collectors.joining()),
            all.stream().map(MarkdownCatalogue::section).collect(Collectors.joining("\n")));
  }

  private static String row(GroupFacts facts) {
    return "| [`%s`](#%s) | %s | %s |\n"
        .formatted(
            facts.name(), facts.name(), facts.group().dimension().name(), cell(facts.meaning()));
  }

  private static String section(GroupFacts facts) {
    return """
        ## %s

        %s

        - Of each %s, by `%s`.
        - Made of %s.
        %s- Key `%s`; a feature's field is `%s:` and its name.

        | feature | window | formula |
        | --- | --- | --- |
        %s
        ```sh
        %s
        ```
        """
        .formatted(
            facts.name(),
            facts.meaning(),
            facts.group().dimension().name(),
            facts.group().dimension().member(),
            facts.eventTypes().stream()
                .map(type -> "`" + type + "`")
                .collect(Collectors.joining(", ")),
            facts.value().isEmpty() ? "" : "- x is %s.\n".formatted(facts.value()),
            facts.key(),
            facts.name(),
            facts.group().features().stream()
                .map(MarkdownCatalogue::row)
                .collect(Collectors.joining()),
            facts.freshetCommand());
  }

  private static String row(Feature feature) {
    return "| `%s` | %s | %s |\n"
        .formatted(feature.name(), cell(feature.window()), cell(feature.formula()));
  }

  private static String cell(String text) {
    return text.replace("|", "\\|");
  }
}
