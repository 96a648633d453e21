package dev.freshet.replay.spark;

import static dev.freshet.replay.spark.OutputParts.parts;
import static dev.freshet.replay.spark.OutputParts.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.examples.CardPayments;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.DeclarationOracle;
import dev.freshet.oracle.ExampleGroup;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.PaymentHistory;
import dev.freshet.replay.Replay;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another catalogue on a cluster: nested events, composite ids, texts and instants. */
@Tag("verify")
class OtherCatalogueIT {

  private static final long START = Instant.parse("2026-03-28T22:00:00Z").toEpochMilli();
  private static final long HOUR = 3_600_000;
  private static final long SEED = 5;
  private static final int PAYMENTS = 300;
  private static final int ROWS = 200;

  @TempDir private Path folder;

  private List<OracleEvent> payments;
  private List<EventSource> events;

  /** Card payments. */
  public static final class Payments implements Catalogue {

    @Override
    public String name() {
      return "payments";
    }

    @Override
    public List<FeatureGroup> groups() {
      return CardPayments.GROUPS;
    }
  }

  @BeforeEach
  void writeEvents() throws IOException {
    List<String> lines =
        PaymentHistory.of(SEED, PAYMENTS, START).stream().map(Arrival::json).toList();
    payments = lines.stream().map(OracleEvent::parse).toList();
    Path files = Files.createDirectory(folder.resolve("events"));
    Path first = Files.write(files.resolve("a.jsonl"), lines.subList(0, PAYMENTS / 2));
    Path second = Files.write(files.resolve("b.jsonl"), lines.subList(PAYMENTS / 2, lines.size()));
    events = List.of(EventSource.of(first), EventSource.of(second));
  }

  @Test
  void aRowHasTheTextsAndInstantsOfItsPastAndTheSecondsSinceThem() throws Exception {
    Path spine = writeSpine();
    Path expected = folder.resolve("expected.parquet");
    replay().join(events, spine, expected);
    Path output = folder.resolve("output.parquet");
    submit("--events", folder.resolve("events"), "--spine", spine, "--output", output);
    assertThat(rows(parts(output))).isEqualTo(rows(List.of(expected)));

    int texts = 0;
    for (Path part : parts(output)) {
      try (RowReader in = TableFormat.PARQUET.read(part)) {
        for (Cell[] cells = in.next(); cells != null; cells = in.next()) {
          Map<String, Object> row = values(in.names(), cells);
          requireItsPast(row);
          texts += row.get("card_use:country") instanceof String ? 1 : 0;
        }
      }
    }
    assertThat(texts).as("rows with a country").isBetween(ROWS / 4, ROWS - 1);
  }

  @Test
  void resultsHaveTextsAndInstants() throws Exception {
    Path expected = folder.resolve("expected.jsonl");
    replay().results(events, expected);
    Path output = folder.resolve("output.jsonl");
    submit("--events", folder.resolve("events"), "--output", output);
    List<String> lines = new ArrayList<>();
    for (Path part : parts(output)) {
      lines.addAll(Files.readAllLines(part));
    }
    assertThat(lines).hasSizeGreaterThan(PAYMENTS).isEqualTo(Files.readAllLines(expected));
  }

  /** Instants lie around those of payments; some rows name no card, or one that never paid. */
  private Path writeSpine() throws IOException {
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>(List.of("card,card_merchant,at"));
    long[] later = {0, 0, -1, 1, HOUR, 24 * HOUR, 24 * HOUR - 1, 7 * 24 * HOUR};
    for (int i = 0; i < ROWS; i++) {
      OracleEvent near = payments.get(random.nextInt(payments.size()));
      String card = oracle(ExampleGroup.CARD_USE).entity(near);
      String pair = oracle(ExampleGroup.CARD_AT_MERCHANT).entity(near);
      long at = near.occurredAt() + later[random.nextInt(later.length)];
      lines.add("%s,%s,%d".formatted(orNone(card), orNone(pair), at));
    }
    return Files.write(folder.resolve("spine.csv"), lines);
  }

  private static String orNone(String id) {
    return id == null ? "" : id;
  }

  /** Compares a row with the definitions of its features. */
  private void requireItsPast(Map<String, Object> row) {
    long at = ((Double) row.get("at")).longValue();
    requireSeconds(row, "card_use:latest_payment", at);
    requireSeconds(row, "card_at_merchant:first_payment_90d", at);
    requireItsPast(ExampleGroup.CARD_USE, row, "card", at);
    requireItsPast(ExampleGroup.CARD_SPEND, row, "card", at);
    requireItsPast(ExampleGroup.CARD_AT_MERCHANT, row, "card_merchant", at);
  }

  private void requireItsPast(
      ExampleGroup group, Map<String, Object> row, String dimension, long at) {
    Map<String, Object> found = new HashMap<>();
    for (String name : group.features()) {
      Object value = row.get(group.name().toLowerCase(Locale.ROOT) + ":" + name);
      if (value != null) {
        found.put(name, value);
      }
    }
    DeclarationOracle oracle = oracle(group);
    payments.stream()
        .filter(each -> each.occurredAt() <= at)
        .forEach(each -> oracle.saw(each, each.occurredAt()));
    String entity = (String) row.get(dimension);
    if (entity != null && oracle.entities().contains(entity)) {
      assertThat(oracle.difference(found, entity, at)).as("%s of %s", group, row).isNull();
    } else {
      assertThat(found).as("%s of %s", group, row).isEmpty();
    }
  }

  private static void requireSeconds(Map<String, Object> row, String name, long at) {
    Object instant = row.get(name + "_at");
    Object seconds = instant == null ? null : (at - (Double) instant) / 1_000;
    assertThat(row.get(name)).as("%s of %s", name, row).isEqualTo(seconds);
  }

  private static Map<String, Object> values(List<String> names, Cell[] cells) {
    Map<String, Object> row = new HashMap<>();
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != null) {
        boolean isNumber = cells[i].kind().isNumber();
        row.put(
            names.get(i), isNumber ? (Object) Double.valueOf(cells[i].text()) : cells[i].text());
      }
    }
    return row;
  }

  private static DeclarationOracle oracle(ExampleGroup group) {
    return group.oracle(Replay.TIME_TO_LIVE);
  }

  private static Replay replay() {
    return new Replay(
        CardPayments.GROUPS, Replay.TIME_TO_LIVE, Replay.MEMORY_BYTES, ReplayProgress.NONE);
  }

  /** Runs the job with this catalogue in place of the one that the jar has. */
  private void submit(Object... arguments) throws IOException, InterruptedException {
    Path services = Files.createDirectories(folder.resolve("services/META-INF/services"));
    Files.writeString(services.resolve(Catalogue.class.getName()), Payments.class.getName());
    String classPath =
        folder.resolve("services")
            + File.pathSeparator
            + SparkSubmission.classPathWithout(List.of("/lambdas/target/"));
    new SparkSubmission(classPath, SparkSubmission.ON_THE_CLASS_PATH)
        .run(folder.resolve("printed"), arguments);
  }
}
