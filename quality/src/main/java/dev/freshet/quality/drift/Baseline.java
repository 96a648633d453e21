package dev.freshet.quality.drift;

import dev.freshet.quality.drift.WatchedFeature.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The values that a feature is expected to have.
 *
 * @param madeAt when it was made, RFC 3339
 * @param from the source of the values: {@code store}, or the name of a file of rows
 * @param counts how many of the values are in each bin
 */
public record Baseline(
    String dimension,
    Kind kind,
    String madeAt,
    String from,
    Profile profile,
    Bins bins,
    List<Integer> counts) {

  static Baseline of(WatchedFeature feature, Observations observed, Instant madeAt, String from) {
    Profile profile = Profile.of(feature.kind(), observed);
    Bins bins =
        feature.kind() == Kind.TEXT
            ? Bins.ofTexts(profile.texts())
            : Bins.ofNumbers(observed.sorted());
    return new Baseline(
        feature.dimension(),
        feature.kind(),
        madeAt.toString(),
        from,
        profile,
        bins,
        Arrays.stream(bins.count(observed)).boxed().toList());
  }

  /** Returns whether all members are there and agree, as somebody may have written it by hand. */
  boolean isWhole() {
    return dimension != null
        && kind != null
        && profile != null
        && (profile.texts() != null || kind != Kind.TEXT)
        && bins != null
        && bins.edges() != null
        && bins.edges().stream().noneMatch(Objects::isNull)
        && bins.texts() != null
        && counts != null
        && counts.size() == bins.edges().size() + bins.texts().size() + 2
        && counts.stream().allMatch(each -> each != null && each >= 0);
  }

  int[] countsInBins() {
    return counts.stream().mapToInt(Integer::intValue).toArray();
  }
}
