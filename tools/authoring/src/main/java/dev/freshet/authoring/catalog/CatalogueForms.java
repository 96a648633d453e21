package dev.freshet.authoring.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.authoring.Template;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The catalogue for programs, for a browser and for the docs: one tree, by name of the group. */
public final class CatalogueForms {

  private static final String[][] HTML = {
    {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}
  };
  private static final int SHOWN_FIELDS = 3;
  private static final String[][] CELLS = {{"|", "\\|"}};

  private final List<Map<String, Object>> groups;
  private final int features;

  public CatalogueForms(List<FeatureGroup> groups) {
    this.groups =
        groups.stream()
            .sorted(Comparator.comparing(FeatureGroup::name))
            .map(CatalogueForms::tree)
            .toList();
    this.features = groups.stream().mapToInt(group -> group.features().size()).sum();
  }

  /** A JSON array of the groups. */
  public String json() {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(groups);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The page {@code docs/feature-catalogue.md}. */
  public String markdown() {
    return new Template(CatalogueForms.class, "catalogue.md", CELLS).of(Map.of("groups", groups));
  }

  /** Pages by the names of their files: an index and one of each group; they need nothing else. */
  public Map<String, String> html() {
    Map<String, Object> model = new HashMap<>();
    model.put("features", features);
    model.put("groups", groups.size());
    model.put("dimensions", dimensions());
    Template template = new Template(CatalogueForms.class, "catalogue.html", HTML);
    Map<String, String> pages = new LinkedHashMap<>();
    model.put("title", "Feature catalogue");
    pages.put("index.html", template.of(model));
    for (Map<String, Object> group : groups) {
      String file = group.get("featureGroup") + ".html";
      model.put("title", group.get("featureGroup"));
      model.put("page", group);
      String link = "<li><a href=\"%s\"".formatted(file);
      pages.put(file, template.of(model).replace(link, link + " aria-current=\"page\""));
    }
    return pages;
  }

  /** The groups of each dimension. */
  private List<Map<String, Object>> dimensions() {
    return groups.stream()
        .collect(
            Collectors.groupingBy(
                group -> group.get("dimension"), LinkedHashMap::new, Collectors.toList()))
        .entrySet()
        .stream()
        .map(each -> Map.of("dimension", each.getKey(), "groups", each.getValue()))
        .toList();
  }

  /** Returns all that the catalogue says of a group, as the tree that JSON shows. */
  private static Map<String, Object> tree(FeatureGroup group) {
    String dimension = group.dimension().name();
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("featureGroup", group.name());
    tree.put("description", group.description());
    tree.put("dimension", dimension);
    tree.put("member", group.dimension().member());
    tree.put("inputs", group.eventTypes().stream().map(EventType::name).toList());
    tree.put("streams", group.eventTypes().stream().map(EventType::stream).toList());
    tree.put("value", group.value().map(Object::toString).orElse(null));
    tree.put("key", "features:%s:<%s>".formatted(dimension, group.dimension().member()));
    tree.put("features", group.features().stream().map(each -> feature(group, each)).toList());
    tree.put("bookkeeping", bookkeeping(group));
    tree.put("examples", examples(group));
    return tree;
  }

  private static Map<String, String> feature(FeatureGroup group, Feature feature) {
    Map<String, String> tree = new LinkedHashMap<>();
    tree.put("name", feature.name());
    tree.put("window", feature.window());
    tree.put("formula", feature.formula());
    tree.put("field", group.name() + ":" + feature.name());
    return tree;
  }

  /** Fields that tell how the features came about. */
  private static List<String> bookkeeping(FeatureGroup group) {
    return Stream.of("@version", "@computed_at", "@event_time", "@valid_until")
        .map(field -> group.name() + ":" + field)
        .toList();
  }

  /** Commands and code that read the first features of the group. */
  private static Map<String, String> examples(FeatureGroup group) {
    String dimension = group.dimension().name();
    List<String> names = group.features().stream().limit(SHOWN_FIELDS).map(Feature::name).toList();
    List<String> fields = names.stream().map(name -> group.name() + ":" + name).toList();
    Map<String, String> examples = new LinkedHashMap<>();
    examples.put("shell", "./freshet get " + dimension + " 7 " + String.join(" ", fields));
    examples.put(
        "redis",
        "redis-cli -p 6391 HMGET features:%s:7 %s".formatted(dimension, String.join(" ", fields)));
    examples.put(
        "python",
        """
        store = redis.Redis(port=6391, decode_responses=True)
        %s = store.hmget(
            "features:%s:7",
            %s)"""
            .formatted(
                String.join(", ", names),
                dimension,
                fields.stream()
                    .map(field -> '"' + field + '"')
                    .collect(Collectors.joining(",\n    "))));
    return examples;
  }
}
