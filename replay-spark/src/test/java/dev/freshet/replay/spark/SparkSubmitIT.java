package dev.freshet.replay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as it is submitted: with Spark's own class path and nothing else. */
@Tag("verify")
class SparkSubmitIT {

  /** What is in the jar must not be found elsewhere. */
  private static final List<String> IN_THE_JAR =
      List.of("/dev/freshet/", "/target/", "/parquet/", "/com/amazonaws/", "/crac/", "/picocli/");

  @TempDir private Path folder;

  @Test
  @Tag("nightly")
  void theJarNeedsNothingButSpark() throws IOException, InterruptedException {
    Path events = folder.resolve("events.jsonl");
    Files.writeString(
        events,
        """
        {"eventId":"a","eventType":"ORDER_CREATED","occurredAt":1700000000000,"orderId":"1","storeId":45}
        no json
        """);
    Path spine =
        Files.writeString(folder.resolve("spine.csv"), "label,store,at\n7,45,1700000001000\n");
    Path output = folder.resolve("rows.parquet");
    String printed =
        new SparkSubmission(SparkSubmission.classPathWithout(IN_THE_JAR), "target/replay-spark.jar")
            .run(
                folder.resolve("printed"),
                "--events",
                events,
                "--spine",
                spine,
                "--output",
                output);
    assertThat(printed)
        .contains("events: 2, 1 invalid", "1 NOT_JSON, first file:" + events, "1 rows in");
    try (RowReader rows = TableFormat.PARQUET.read(output.resolve("part-00000.parquet"))) {
      Cell[] row = rows.next();
      assertThat(row[0].text()).isEqualTo("7");
      assertThat(row[rows.names().indexOf("store_orders:unpicked")].text()).isEqualTo("1");
      assertThat(rows.next()).isNull();
    }
  }
}
