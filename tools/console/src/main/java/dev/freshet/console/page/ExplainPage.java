package dev.freshet.console.page;

import dev.freshet.console.Page;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.Part;
import dev.freshet.operations.explain.StreamExplanation;
import dev.freshet.replay.explain.Explanation;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The events behind a feature value, from the streams. */
public final class ExplainPage implements Page {

  private static final int MOST = 200;

  private final Catalogue catalogue;
  private final StreamExplanation streams;
  private final InstantSource time;

  public ExplainPage(Catalogue catalogue, StreamExplanation streams, InstantSource time) {
    this.catalogue = catalogue;
    this.streams = streams;
    this.time = time;
  }

  /** A value and the features that it comes from; mostly itself alone. */
  record Explained(String feature, String value, String formula, List<Source> sources) {}

  /** The events of a feature. */
  record Source(String feature, String formula, String window, List<Row> events, int hidden) {}

  /** An event, and what became of it. */
  record Row(String verdict, String what, String why) {}

  @Override
  public Explained read(Map<String, String> parameters) {
    FeatureGroup group = catalogue.group(Page.required(parameters, "group"));
    String name = Page.required(parameters, "feature");
    Feature feature =
        group.features().stream()
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException(group.name() + " has no feature " + name));
    Instant now = time.instant();
    Explanation found = streams.of(group, feature, Page.required(parameters, "id"), now, now);
    return new Explained(
        group.name() + ":" + name,
        found.value(),
        feature.formula(),
        found.sources().stream().map(ExplainPage::source).toList());
  }

  private static Source source(Explanation.Source source) {
    Feature feature = source.origin().feature();
    List<Part> parts = source.parts();
    int hidden = Math.max(0, parts.size() - MOST);
    return new Source(
        feature.name(),
        feature.formula(),
        feature.window(),
        parts.subList(hidden, parts.size()).stream()
            .map(each -> new Row(each.verdict().name(), each.what(), each.why()))
            .toList(),
        hidden);
  }
}
