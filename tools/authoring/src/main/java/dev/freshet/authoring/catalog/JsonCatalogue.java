package dev.freshet.authoring.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The catalogue for programs: all that the pages say. */
public final class JsonCatalogue {

  private JsonCatalogue() {}

  /** A JSON array of the groups. */
  public static String of(List<FeatureGroup> groups) {
    try {
      return new ObjectMapper()
          .writerWithDefaultPrettyPrinter()
          .writeValueAsString(GroupFacts.of(groups).stream().map(JsonCatalogue::tree).toList());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, Object> tree(GroupFacts facts) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("featureGroup", facts.name());
    tree.put("description", facts.meaning());
    tree.put("dimension", facts.group().dimension().name());
    tree.put("member", facts.group().dimension().member());
    tree.put("inputs", facts.eventTypes());
    tree.put("streams", facts.streams());
    tree.put("value", facts.value().isEmpty() ? null : facts.value());
    tree.put("key", facts.key());
    tree.put(
        "features",
        facts.group().features().stream().map(feature -> tree(facts, feature)).toList());
    tree.put("bookkeeping", facts.bookkeeping());
    tree.put(
        "examples",
        Map.of(
            "shell", facts.freshetCommand(),
            "redis", facts.redisCommand(),
            "python", facts.python()));
    return tree;
  }

  private static Map<String, String> tree(GroupFacts facts, Feature feature) {
    Map<String, String> tree = new LinkedHashMap<>();
    tree.put("name", feature.name());
    tree.put("window", feature.window());
    tree.put("formula", feature.formula());
    tree.put("field", facts.field(feature));
    return tree;
  }
}
