package dev.freshet.authoring.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.authoring.Template;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureService;
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
  private final List<Map<String, Object>> services;
  private final int features;

  public CatalogueForms(List<FeatureGroup> groups, List<FeatureService> services) {
    this.groups =
        groups.stream()
            .sorted(Comparator.comparing(FeatureGroup::name))
            .map(group -> tree(group, services))
            .toList();
    this.services = services.stream().map(ServiceForms::tree).toList();
    this.features = groups.stream().mapToInt(group -> group.features().size()).sum();
  }

  /** Returns all that the catalogue says of its groups, as trees for JSON. */
  public List<Map<String, Object>> trees() {
    return groups;
  }

  /** A JSON array of the groups, each with the services that read it. */
  public String json() {
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(groups);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The page {@code docs/feature-catalogue.md}. */
  public String markdown() {
    return new Template(CatalogueForms.class, "catalogue.md", CELLS)
        .of(Map.of("groups", groups, "services", services));
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
  private static Map<String, Object> tree(FeatureGroup group, List<FeatureService> services) {
    Map<String, Object> tree = new LinkedHashMap<>();
    tree.put("featureGroup", group.name());
    tree.put("description", group.description());
    tree.put("dimension", group.dimension().name());
    tree.put("member", String.join("|", group.dimension().members()));
    tree.put("members", group.dimension().members());
    tree.put("inputs", group.eventTypes().stream().map(EventType::name).toList());
    tree.put("streams", group.eventTypes().stream().map(EventType::stream).distinct().toList());
    tree.put("eventTypes", group.eventTypes().stream().map(EventForms::tree).toList());
    tree.put("lifecycles", EventForms.lifecycles(group));
    tree.put("latenessSeconds", group.hasHistory() ? group.lateness().toSeconds() : null);
    tree.put("lateness", EventForms.lateness(group).orElse(null));
    tree.put("value", FeatureForms.commonInput(group).orElse(null));
    tree.put("key", key(group.dimension()));
    tree.put(
        "features", group.features().stream().map(each -> FeatureForms.tree(group, each)).toList());
    tree.put("bookkeeping", bookkeeping(group));
    tree.put(
        "services",
        services.stream()
            .filter(each -> each.featureGroups().contains(group.name()))
            .map(ServiceForms::tree)
            .toList());
    tree.put("examples", examples(group));
    return tree;
  }

  private static String key(Entity entity) {
    return "features:%s:%s"
        .formatted(
            entity.name(),
            entity.members().isEmpty()
                ? Entity.ALL
                : entity.members().stream()
                    .map(member -> "<" + member + ">")
                    .collect(Collectors.joining("|")));
  }

  /** Fields that tell how the features came about. */
  private static List<String> bookkeeping(FeatureGroup group) {
    return Stream.of("@version", "@computed_at", "@event_time", "@valid_until", "@complete_since")
        .map(field -> group.name() + ":" + field)
        .toList();
  }

  /** Commands and code that read the first features of the group. */
  private static Map<String, String> examples(FeatureGroup group) {
    String dimension = group.dimension().name();
    String id = exampleId(group.dimension());
    List<String> names = group.features().stream().limit(SHOWN_FIELDS).map(Feature::name).toList();
    List<String> fields = names.stream().map(name -> group.name() + ":" + name).toList();
    Map<String, String> examples = new LinkedHashMap<>();
    examples.put("shell", "./freshet get " + dimension + " " + id + " " + String.join(" ", fields));
    examples.put(
        "redis",
        "redis-cli -p 6391 HMGET %s %s"
            .formatted(
                quoted("features:%s:%s".formatted(dimension, id.replace("'", ""))),
                String.join(" ", fields)));
    examples.put(
        "python",
        """
        store = redis.Redis(port=6391, decode_responses=True)
        %s = store.hmget(
            "features:%s:%s",
            %s)"""
            .formatted(
                String.join(", ", names),
                dimension,
                id.replace("'", ""),
                fields.stream()
                    .map(field -> '"' + field + '"')
                    .collect(Collectors.joining(",\n    "))));
    return examples;
  }

  /** An id of an entity, as a shell takes it. */
  private static String exampleId(Entity entity) {
    return entity.members().isEmpty()
        ? Entity.ALL
        : quoted(entity.members().stream().map(each -> "7").collect(Collectors.joining("|")));
  }

  private static String quoted(String text) {
    return text.contains("|") ? "'" + text + "'" : text;
  }
}
