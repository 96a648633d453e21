package dev.freshet.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.quality.drift.WatchedFeature.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tests the lines that people read. */
class DriftTableTest {

  private static final WatchedFeature SUM = new WatchedFeature("g:sum", "place", Kind.NUMBER);
  private static final WatchedFeature NAME = new WatchedFeature("g:name", "place", Kind.TEXT);

  @Test
  void withoutBaselinesItHasTheQuantiles() {
    Observations numbers = Values.numbers(0, 1_000, 2_000.5, 3e9, Double.NaN);

    assertThat(lines(FeatureDrift.of(SUM, numbers, null)))
        .containsExactly(
            "entities: place 5; of 7 keys all were read",
            "feature  values  absent       mean  p01  p10  p25   p50        p75        p90        p99",
            "g:sum         5   20.0%  7.500e+08   30  300  750  1500  7.500e+08  2.100e+09  2.910e+09");
  }

  @Test
  void besideABaselineItHasBothAndTheReading() {
    Observations was = Values.numbers(IntStream.range(0, 1_000).asDoubleStream().toArray());
    Observations now = Values.numbers(IntStream.range(500, 1_500).asDoubleStream().toArray());
    Baseline baseline = Baseline.of(SUM, was, Instant.EPOCH, "test");

    assertThat(lines(FeatureDrift.of(SUM, now, baseline)).get(2))
        .startsWith(
            "g:sum      1000    0.0%  0.0%  999.5  499.5  999.5  499.5  1399  899.1   +1.00")
        .endsWith("  shifted");
  }

  @Test
  void hostileTextsCannotMoveTheCursor() {
    Observations texts =
        Values.texts("\u001b[2J\r\nevil\u202e", "\u001b[2J\r\nevil\u202e", "y".repeat(300));

    assertThat(lines(FeatureDrift.of(NAME, texts, null)).get(3))
        .isEqualTo("g:name: '?[2J??evil?' 67%, '" + "y".repeat(24) + "…' 33%");
  }

  private static List<String> lines(FeatureDrift drift) {
    return DriftTable.of(new DriftReport("", 7, 0, Map.of("place", 5), List.of(drift)))
        .lines()
        .toList();
  }
}
