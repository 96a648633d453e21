package dev.freshet.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MarkdownTableTest {

  @Test
  void tablesAlignTheirColumnsAndLeaveOutWhatWasNotMeasured() {
    var rows =
        List.of(Map.entry("a", 12_345), Map.entry("bcdefg", 1.5), Map.entry("c", Double.NaN));
    String table =
        new MarkdownTable<>(rows)
            .column("name", Map.Entry::getKey)
            .column("n", Map.Entry::getValue)
            .toString();
    assertThat(table)
        .isEqualTo(
            """
            | name   |      n |
            | ------ | -----: |
            | a      | 12,345 |
            | bcdefg |   1.50 |
            | c      |        |
            """);
  }
}
