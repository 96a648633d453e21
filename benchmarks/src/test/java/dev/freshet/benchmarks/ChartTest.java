package dev.freshet.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.benchmarks.measure.Latencies;
import dev.freshet.benchmarks.report.MarkdownTable;
import org.junit.jupiter.api.Test;

class ChartTest {

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
