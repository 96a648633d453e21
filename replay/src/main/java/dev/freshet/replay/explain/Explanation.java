package dev.freshet.replay.explain;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroup.Origin;
import dev.freshet.event.Skipped;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import dev.freshet.replay.FeatureColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An explanation of a feature's value.
 *
 * @param number the value if it is a number; NaN if it is absent or a text
 * @param value the value for people to read
 * @param sources the feature itself, or those that a derived one comes from
 * @param skipped the number of records that the group skipped, of other entities too
 * @param invalid the number of records that the group cannot use
 * @param firstInvalid the fault of the first of these
 */
public record Explanation(
    FeatureGroup group,
    Feature feature,
    String entity,
    long atMillis,
    double number,
    String value,
    List<Source> sources,
    Map<Skipped, Long> skipped,
    long invalid,
    String firstInvalid) {

  public Explanation {
    sources = List.copyOf(sources);
    skipped = Map.copyOf(skipped);
  }

  /**
   * A feature that is computed from events.
   *
   * @param value its value for people to read
   * @param parts the events or items of the entity
   */
  public record Source(Origin origin, String value, List<Part> parts) {

    public Source {
      parts = List.copyOf(parts);
    }

    /** Returns the parts of a verdict, oldest first. */
    public List<Part> parts(Verdict verdict) {
      return parts.stream().filter(part -> part.verdict() == verdict).toList();
    }

    private void list(int most, List<String> text) {
      text.add("  " + origin.feature().formula());
      text.add("  over " + origin.feature().window());
      origin.kind().input(origin.index()).ifPresent(x -> text.add("  x = " + x));
      if (origin.kind().isArchived()) {
        text.add(
            "  of the events read here alone: the platform also counts older ones, which it holds"
                + " merged");
      }
      for (Verdict verdict : Verdict.values()) {
        Explanation.list(parts(verdict), verdict, most, text);
      }
    }
  }

  /**
   * Returns the lines of the explanation for people.
   *
   * @param most the number of parts of a verdict to list, those nearest to the instant
   */
  public List<String> text(int most) {
    List<String> text = new ArrayList<>();
    text.add(
        "%s of %s %s at %s is %s"
            .formatted(
                FeatureColumns.name(group, feature),
                group.dimension().name(),
                entity,
                Texts.time(atMillis),
                value));
    boolean isDerived = !sources.get(0).origin.feature().equals(feature);
    if (isDerived) {
      text.add("  " + feature.formula());
    }
    for (Source each : sources) {
      if (isDerived) {
        text.add("%s is %s".formatted(each.origin.feature().name(), each.value));
      }
      each.list(most, text);
    }
    text.add(passed());
    return text;
  }

  /** Lists the first parts ahead of the instant, or the last parts before it. */
  private static void list(List<Part> parts, Verdict verdict, int most, List<String> text) {
    text.add("%s: %d".formatted(verdict.name().toLowerCase(Locale.ROOT), parts.size()));
    int hidden = Math.max(0, parts.size() - most);
    boolean ahead = verdict == Verdict.AHEAD;
    if (hidden > 0 && !ahead) {
      text.add("  … %d older".formatted(hidden));
    }
    int from = ahead ? 0 : hidden;
    for (Part part : parts.subList(from, from + parts.size() - hidden)) {
      text.add("  " + part.what() + (part.why().isEmpty() ? "" : "  – " + part.why()));
    }
    if (hidden > 0 && ahead) {
      text.add("  … %d later".formatted(hidden));
    }
  }

  private String passed() {
    return "skipped: %d of other types, %d without %s, %d without a value  invalid: %d%s"
        .formatted(
            skipped.getOrDefault(Skipped.OTHER_TYPE, 0L),
            skipped.getOrDefault(Skipped.NO_ENTITY, 0L),
            String.join(" or ", group.dimension().members()),
            skipped.getOrDefault(Skipped.NO_VALUE, 0L),
            invalid,
            firstInvalid.isEmpty() ? "" : ", the first: " + firstInvalid);
  }
}
