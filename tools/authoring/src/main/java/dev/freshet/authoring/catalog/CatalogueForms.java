package dev.freshet.authoring.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.authoring.Template;
import dev.freshet.definition.FeatureGroup;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The catalogue for programs, for a browser and for the docs: one tree, by name of the group. */
public final class CatalogueForms {

  private static final String[][] HTML = {
    {"&", "&amp;"}, {"<", "&lt;"}, {">", "&gt;"}, {"\"", "&quot;"}
  };
  private static final String[][] CELLS = {{"|", "\\|"}};

  private final List<Map<String, Object>> groups;
  private final int features;

  public CatalogueForms(List<FeatureGroup> groups) {
    this.groups =
        groups.stream()
            .sorted(Comparator.comparing(FeatureGroup::name))
            .map(GroupModel::of)
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
}
