package dev.freshet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ChartTest {

  @Test
  void aLinearAxisEndsAtARoundNumberAboveTheData() {
    Axis axis = Axis.linear(73);
    assertThat(axis.ticks()).containsExactly(0, 20, 40, 60, 80);
    assertThat(axis.share(40)).isEqualTo(0.5);
  }

  @Test
  void aLogarithmicAxisHasPowersOfTen() {
    assertThat(Axis.logarithmicDecades(3_000, 40_000).ticks())
        .containsExactly(1_000, 10_000, 100_000);
    assertThat(Axis.logarithmicDecades(3_000, 40_000).share(10_000)).isEqualTo(0.5);
  }

  @Test
  void namesAreEscaped() {
    LineChart chart = new LineChart("a < b & c", "", "x", "y", false);
    assertThat(chart.line("l", new double[] {1, 10}, new double[] {1, 2}).svg())
        .contains("a &lt; b &amp; c");
  }

  @Test
  void tablesAlignTheirColumns() {
    String table = new MarkdownTable("name", "n").row("a", 12_345).row("bcdefg", 1.5).toString();
    assertThat(table)
        .isEqualTo(
            """
            | name   |      n |
            | ------ | -----: |
            | a      | 12,345 |
            | bcdefg |   1.50 |
            """);
  }

  @Test
  void percentilesAreOfWhatWasSeen() {
    Latencies latencies = new Latencies();
    for (int i = 1; i <= 2_000; i++) {
      latencies.add(i * 1_000L);
    }
    assertThat(latencies.micros(0.5)).isEqualTo(1_000);
    assertThat(latencies.micros(0.999)).isEqualTo(1_998);
  }
}
