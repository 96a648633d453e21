package dev.freshet.authoring.catalog;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroup.Origin;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All that the catalogue says of a feature. */
public final class FeatureForms {

  private FeatureForms() {}

  /** Returns the tree that JSON shows; members that do not apply are null. */
  static Map<String, Object> tree(FeatureGroup group, Feature feature) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("name", feature.name());
    tree.put("window", feature.window().isEmpty() ? null : feature.window());
    tree.put("formula", feature.formula());
    tree.put("meaning", meaning(group, feature));
    tree.put("input", input(group, feature).map(Input::toString).orElse(null));
    tree.put("filter", filter(group, feature).map(Filter::toString).orElse(null));
    tree.put("unit", unit(group, feature));
    tree.put("type", type(feature));
    tree.put("field", group.name() + ":" + feature.name());
    return tree;
  }

  /** Returns the input of a feature, x in its formula; empty if it takes events as they are. */
  public static Optional<Input> input(FeatureGroup group, Feature feature) {
    return ofOwn(group, feature).flatMap(origin -> origin.kind().input(origin.index()));
  }

  /** Returns the filter of a feature; empty if it sees all events. */
  public static Optional<Filter> filter(FeatureGroup group, Feature feature) {
    return ofOwn(group, feature).flatMap(origin -> origin.kind().filter(origin.index()));
  }

  /** Returns the origin of a feature that is not derived from others. */
  private static Optional<Origin> ofOwn(FeatureGroup group, Feature feature) {
    return group.origins(feature).stream()
        .filter(origin -> origin.feature().equals(feature))
        .findFirst();
  }

  /** Returns the formula with the input and the filter, unless the group has one input for all. */
  private static String meaning(FeatureGroup group, Feature feature) {
    String formula = feature.formula();
    Optional<String> x =
        input(group, feature)
            .map(Input::toString)
            .filter(input -> !formula.contains("; x is ") && commonInput(group).isEmpty());
    Optional<Filter> filter =
        filter(group, feature).filter(each -> !formula.contains("; of events where "));
    return formula
        + x.map(input -> "; x is " + input).orElse("")
        + filter.map(each -> "; of events where " + each).orElse("");
  }

  /** Returns the unit of the input, or of an instant; null if there is none. */
  private static String unit(FeatureGroup group, Feature feature) {
    return feature.isInstant()
        ? "ms"
        : input(group, feature)
            .map(input -> input.unit().strip())
            .filter(unit -> !unit.isEmpty())
            .orElse(null);
  }

  private static String type(Feature feature) {
    return feature.isInstant() ? "instant" : feature.isText() ? "text" : "number";
  }

  /** Returns the input of all features that have one, if it is the same. */
  static Optional<String> commonInput(FeatureGroup group) {
    List<String> inputs =
        group.features().stream()
            .flatMap(feature -> input(group, feature).map(Input::toString).stream())
            .distinct()
            .toList();
    return inputs.size() == 1 ? Optional.of(inputs.get(0)) : Optional.empty();
  }
}
