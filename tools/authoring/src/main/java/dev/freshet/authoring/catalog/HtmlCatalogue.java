package dev.freshet.authoring.catalog;

import dev.freshet.definition.FeatureGroup;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The catalogue as pages for a browser: an index and one of each group; nothing else is needed. */
public final class HtmlCatalogue {

  private static final String INDEX = "index.html";

  private final List<GroupFacts> groups;
  private final String style = resource("catalogue.css");

  private HtmlCatalogue(List<GroupFacts> groups) {
    this.groups = groups;
  }

  /** The pages by the names of their files. */
  public static Map<String, String> of(List<FeatureGroup> groups) {
    return new HtmlCatalogue(GroupFacts.of(groups)).pages();
  }

  private Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put(INDEX, page("Feature catalogue", "", index()));
    for (GroupFacts facts : groups) {
      pages.put(file(facts), page(facts.name(), facts.name(), GroupPage.of(facts)));
    }
    return pages;
  }

  private static String file(GroupFacts facts) {
    return facts.name() + ".html";
  }

  private String page(String title, String current, String content) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s · Freshet</title>
        <style>
        %s</style>
        </head>
        <body>
        <nav aria-label="Feature groups">
        <a class="home" href="index.html">Freshet</a>
        %s</nav>
        <main>
        %s</main>
        </body>
        </html>
        """
        .formatted(Html.text(title), style, navigation(current), content);
  }

  private String navigation(String current) {
    return byDimension().entrySet().stream()
        .map(
            each ->
                "<h2>%s</h2>\n<ul>\n%s</ul>\n"
                    .formatted(Html.text(each.getKey()), links(each.getValue(), current)))
        .collect(Collectors.joining());
  }

  private static String links(List<GroupFacts> groups, String current) {
    return groups.stream()
        .map(
            each ->
                "<li><a href=\"%s\"%s>%s</a></li>\n"
                    .formatted(
                        file(each),
                        each.name().equals(current) ? " aria-current=\"page\"" : "",
                        Html.name(each.name())))
        .collect(Collectors.joining());
  }

  private String index() {
    long features = groups.stream().mapToLong(each -> each.group().features().size()).sum();
    return """
        <h1>Feature catalogue</h1>
        <p class="lead">%d features in %d groups. One hash an entity in Redis, one declaration for training and serving.</p>
        %s"""
        .formatted(
            features,
            groups.size(),
            byDimension().entrySet().stream()
                .map(each -> section(each.getKey(), each.getValue()))
                .collect(Collectors.joining()));
  }

  private static String section(String dimension, List<GroupFacts> groups) {
    return "<h2>Of a %s</h2>\n<div class=\"cards\">\n%s</div>\n"
        .formatted(
            Html.text(dimension),
            groups.stream().map(HtmlCatalogue::card).collect(Collectors.joining()));
  }

  private static String card(GroupFacts facts) {
    return """
        <a class="card" href="%s">
        <h3>%s</h3>
        <p>%s</p>
        <p class="chips">%s</p>
        </a>
        """
        .formatted(
            file(facts),
            Html.name(facts.name()),
            Html.text(facts.meaning()),
            facts.group().features().stream()
                .map(feature -> "<code>" + Html.name(feature.name()) + "</code>")
                .collect(Collectors.joining(" ")));
  }

  /** The groups of each dimension, in the order of their names. */
  private Map<String, List<GroupFacts>> byDimension() {
    return groups.stream()
        .collect(
            Collectors.groupingBy(
                each -> each.group().dimension().name(), LinkedHashMap::new, Collectors.toList()));
  }

  private static String resource(String name) {
    try (InputStream in = HtmlCatalogue.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
