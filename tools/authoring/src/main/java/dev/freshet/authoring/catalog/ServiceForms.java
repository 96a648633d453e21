package dev.freshet.authoring.catalog;

import dev.freshet.definition.FeatureService;
import dev.freshet.definition.ServedFeature;
import dev.freshet.result.DecimalText;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All that the catalogue says of a feature service. */
public final class ServiceForms {

  private ServiceForms() {}

  /** Returns the tree that JSON shows; members that do not apply are null. */
  static Map<String, Object> tree(FeatureService service) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("featureService", service.name());
    tree.put("description", service.description());
    tree.put("dimensions", service.dimensions());
    tree.put("greatestAgeMillis", service.greatestAge().map(Duration::toMillis).orElse(null));
    tree.put("features", service.features().stream().map(ServiceForms::tree).toList());
    tree.put("command", command(service));
    return tree;
  }

  private static Map<String, Object> tree(ServedFeature feature) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("dimension", feature.dimension());
    tree.put("featureGroup", feature.featureGroup());
    tree.put("field", feature.field());
    tree.put("type", feature.isText() ? "text" : "number");
    tree.put("default", feature.hasDefault() ? defaultValue(feature) : null);
    tree.put("ifAbsent", ifAbsent(feature));
    return tree;
  }

  private static Object defaultValue(ServedFeature feature) {
    return feature.isText() ? feature.text() : (Object) feature.number();
  }

  /** Returns what a reader gets for an absent value, for people to read. */
  public static String ifAbsent(ServedFeature feature) {
    if (!feature.hasDefault()) {
      return "none";
    }
    return feature.isText() ? "'" + feature.text() + "'" : DecimalText.of(feature.number());
  }

  /** Returns a command that reads one row. */
  private static String command(FeatureService service) {
    List<String> entities = service.dimensions().stream().map(each -> each + "=…").toList();
    return "./freshet get --service %s %s".formatted(service.name(), String.join(" ", entities));
  }
}
