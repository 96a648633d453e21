package dev.freshet.quality.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.quality.drift.WatchedFeature.Kind;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests baselines of the tables that a replay writes. */
class TrainingRowsTest {

  private static final List<WatchedFeature> FEATURES =
      List.of(
          new WatchedFeature("visits:sum", "place", Kind.NUMBER),
          new WatchedFeature("visits:last", "place", Kind.AGE),
          new WatchedFeature("visits:guest", "place", Kind.TEXT),
          new WatchedFeature("towns:sum", "town", Kind.NUMBER),
          new WatchedFeature("all:sum", "everything", Kind.NUMBER));

  @TempDir private Path folder;

  @Test
  void aRowCountsForTheDimensionsThatItNames() throws IOException {
    Map<String, Baseline> baselines =
        read(
            "rows.csv",
            """
            at,place,town,visits:sum,visits:last_at,visits:last,visits:guest,towns:sum,all:sum
            2026-05-04T12:00:00Z,1,x,4,1777896000000,30,ann,7,1
            2026-05-04T12:00:00Z,2,,,,,,,2
            2026-05-04T12:00:00Z,,x,,,,,9,3
            """);

    assertThat(baselines.get("visits:sum").profile().values()).isEqualTo(2);
    assertThat(baselines.get("visits:sum").profile().absent()).isEqualTo(0.5);
    assertThat(baselines.get("visits:last").profile().numbers().p50()).isEqualTo(30);
    assertThat(baselines.get("visits:guest").profile().texts())
        .containsExactly(new Profile.Frequent("ann", 0.5));
    assertThat(baselines.get("towns:sum").profile().numbers().mean()).isCloseTo(8, within(1e-12));
    assertThat(baselines.get("all:sum").profile().values()).isEqualTo(3);
    assertThat(baselines.get("all:sum").from()).isEqualTo("rows.csv");
  }

  @Test
  void aRowOfAResultCountsForItsFeatureGroup() throws IOException {
    Map<String, Baseline> baselines =
        read(
            "results.jsonl",
            """
            {"at": "2026-05-04T12:00:00Z", "feature_group": "visits", "visits:sum": 3}
            {"at": "2026-05-04T12:00:00Z", "feature_group": "towns", "visits:sum": null, "towns:sum": 5}
            """);

    assertThat(baselines).containsOnlyKeys("visits:sum", "towns:sum");
    assertThat(baselines.get("visits:sum").profile()).matches(each -> each.values() == 1);
    assertThat(baselines.get("towns:sum").profile()).matches(each -> each.absent() == 0);
  }

  @Test
  void parquetIsReadToo() throws IOException {
    Path file = folder.resolve("rows.parquet");
    List<Column> columns =
        List.of(new Column("place", Cell.Kind.TEXT), new Column("visits:sum", Cell.Kind.NUMBER));
    try (var writer = TableFormat.PARQUET.write(file, columns, List.of())) {
      for (int i = 0; i < 1_000; i++) {
        writer.write(new Cell[] {Cell.text("p" + i), Cell.number(i + ".5")}, null);
      }
    }

    Baseline found = read(file).get("visits:sum");

    assertThat(found.profile().numbers().p50()).isEqualTo(500);
    assertThat(found.bins().edges()).hasSize(9);
  }

  @Test
  void aTableWithoutFeaturesAndOneThatIsNoneAreErrors() {
    assertThatThrownBy(() -> read("other.csv", "a,b\n1,2\n"))
        .hasMessageContaining("other.csv")
        .hasMessageContaining("visits:sum")
        .hasMessageContaining("./freshet replay");
    assertThatThrownBy(() -> read("rows.xlsx", "")).hasMessageContaining(".parquet");
  }

  private Map<String, Baseline> read(String name, String text) throws IOException {
    return read(Files.writeString(folder.resolve(name), text));
  }

  private static Map<String, Baseline> read(Path file) throws IOException {
    return TrainingRows.read(file, FEATURES, new Random(1), Instant.EPOCH);
  }
}
