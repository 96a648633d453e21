package dev.freshet.replay.explain;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Skipped;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.result.DecimalText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * An explanation of a feature's value.
 *
 * @param value NaN if it is absent
 * @param parts the events or items of the entity
 * @param skipped the number of records that the group skipped, of other entities too
 * @param invalid the number of records that the group cannot use
 * @param firstInvalid the fault of the first of these
 */
public record Explanation(
    FeatureGroup group,
    Feature feature,
    String entity,
    long atMillis,
    double value,
    List<Part> parts,
    Map<Skipped, Long> skipped,
    long invalid,
    String firstInvalid) {

  public Explanation {
    parts = List.copyOf(parts);
    skipped = Map.copyOf(skipped);
  }

  /** Returns the parts of a verdict, oldest first. */
  public List<Part> parts(Verdict verdict) {
    return parts.stream().filter(part -> part.verdict() == verdict).toList();
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
                Double.isNaN(value) ? "absent" : DecimalText.of(value)));
    text.add("  " + feature.formula());
    text.add("  over " + feature.window());
    group.value().ifPresent(x -> text.add("  x = " + x));
    for (Verdict verdict : Verdict.values()) {
      list(parts(verdict), verdict, most, text);
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
            group.dimension().member(),
            skipped.getOrDefault(Skipped.NO_VALUE, 0L),
            invalid,
            firstInvalid.isEmpty() ? "" : ", the first: " + firstInvalid);
  }
}
