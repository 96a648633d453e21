package dev.freshet.replay;

import static dev.freshet.replay.Histories.created;
import static dev.freshet.replay.Histories.delivered;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.RandomHistory;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of files, and the instants that they are right at. */
class ReplayTest {

  private static final long NOON = 1_790_000_000_000L;
  private static final long MINUTE = 60_000;
  private static final long DAY = 24 * 60 * MINUTE;
  private static final long MEMORY = 1 << 20;

  @TempDir private Path folder;

  @Test
  void anEventJustAfterTheInstantDoesNotCount() throws IOException {
    List<String> events =
        List.of(created("a", NOON).toString(), created("b", NOON + MINUTE).toString());
    assertThat(value(events, NOON + MINUTE - 1, "store_orders:created_5m")).isEqualTo("1");
    assertThat(value(events, NOON + MINUTE, "store_orders:created_5m")).isEqualTo("2");
    List<String> deliveries = List.of(delivered("c", NOON, 10), delivered("d", NOON + 1, 20));
    assertThat(value(deliveries, NOON, "store_delivery_time:mean")).isEqualTo("10");
    assertThat(value(deliveries, NOON + 1, "store_delivery_time:mean")).isEqualTo("15");
  }

  @Test
  void beforeAnInstantItsOwnEventsDoNotCount() throws IOException {
    List<String> events =
        List.of(
            delivered("a", NOON, 10),
            delivered("b", NOON + 1, 20),
            created("c", NOON - 5 * MINUTE + 1).toString(),
            created("d", NOON + 1).toString());
    Map<String, String> before = features(events, NOON + 1, true);
    assertThat(before).containsEntry("store_delivery_time:mean", "10");
    assertThat(before)
        .as("windows are those of the instant")
        .containsEntry("store_orders:created_5m", "0");
    assertThat(before).containsEntry("store_orders:created_10m", "1");
    assertThat(features(events, NOON + 1, false)).containsEntry("store_orders:created_5m", "1");
    assertThat(features(events, NOON + 2, true)).containsEntry("store_delivery_time:mean", "15");
  }

  @Test
  void anEntityThatWasNotSeenYetHasNothing() throws IOException {
    List<String> events = List.of(created("a", NOON).toString());
    assertThat(features(events, NOON - 1)).isEmpty();
    assertThat(features(events, NOON)).containsEntry("store_orders:unpicked", "1");
  }

  @Test
  void zerosStayInTheFeatureStoreUntilItsHashExpires() throws IOException {
    List<String> events = List.of(created("a", NOON).toString());
    // The look-back of three hours ends last: the hash is written then for the last time.
    long lastWrite = NOON + 180 * MINUTE;
    assertThat(value(events, NOON + 30 * MINUTE, "store_orders:created_30m")).isEqualTo("0");
    assertThat(value(events, lastWrite + 90 * DAY, "store_orders:unpicked")).isEqualTo("0");
    assertThat(features(events, lastWrite + 90 * DAY + 1)).isEmpty();
  }

  @Test
  void historyOutlivesTheHash() throws IOException {
    List<String> events =
        Stream.of(delivered("a", NOON, 10), delivered("b", NOON + 400 * DAY, 10))
            .map(each -> each.replaceAll("\"storeId\": ?\"45\"", "\"courierId\":\"7\""))
            .toList();
    Path spine =
        file(
            "couriers.csv",
            List.of("courier,at", "7," + (NOON + 399 * DAY), "7," + (NOON + 400 * DAY)));

    List<String> rows = output(MEMORY, spine, file("events.jsonl", events)).lines().toList();

    assertThat(rows.get(0)).contains("\"courier_history:deliveries_lifetime\":1,");
    assertThat(rows.get(1)).contains("\"courier_history:deliveries_lifetime\":2,");
  }

  @Test
  void anyGroupOfTheDimensionKeepsTheHashAlive() throws IOException {
    List<String> events =
        List.of(delivered("a", NOON, 10), created("b", NOON + 80 * DAY).toString());
    assertThat(value(events, NOON + 100 * DAY, "store_delivery_time:mean")).isEqualTo("10");
    assertThat(value(events, NOON + 171 * DAY, "store_delivery_time:mean")).isNull();
  }

  @Test
  void lastEventsAreForgottenWhenNoneHasComeForNinetyDays() throws IOException {
    List<String> near = List.of(delivered("a", NOON, 10), delivered("b", NOON + 90 * DAY, 20));
    assertThat(value(near, NOON + 90 * DAY, "store_delivery_time:mean")).isEqualTo("15");
    List<String> far = List.of(delivered("a", NOON, 10), delivered("b", NOON + 90 * DAY + 1, 20));
    assertThat(value(far, NOON + 90 * DAY + 1, "store_delivery_time:mean")).isEqualTo("20");
  }

  @Test
  void whatExpiredIsGoneForOneGroupThoughAnotherComesBack() throws IOException {
    List<String> events =
        List.of(delivered("a", NOON, 10), created("b", NOON + 100 * DAY).toString());
    Map<String, String> found = features(events, NOON + 100 * DAY);
    assertThat(found).containsEntry("store_orders:unpicked", "1");
    assertThat(found).doesNotContainKey("store_delivery_time:mean");
  }

  @Test
  void ofAnIdWithTwoTimesOneCounts() throws IOException {
    List<String> events =
        List.of(
            delivered("a", NOON, 10),
            delivered("b", NOON + 1, 20),
            delivered("a", NOON + MINUTE, 40),
            created("c", NOON).toString(),
            created("c", NOON + MINUTE).toString());
    assertThat(value(events, NOON + 1, "store_delivery_time:mean")).isEqualTo("15");
    assertThat(value(events, NOON + MINUTE, "store_delivery_time:count")).isEqualTo("2");
    assertThat(value(events, NOON + MINUTE, "store_delivery_time:mean")).isEqualTo("30");
    assertThat(value(events, NOON + MINUTE, "store_orders:created_5m")).isEqualTo("1");
    assertThat(value(events, NOON + 5 * MINUTE, "store_orders:created_5m")).isEqualTo("0");
  }

  @Test
  void filesNeedNotBeSortedAndMayRepeatEvents() throws IOException {
    List<String> events =
        new RandomHistory(3, Histories.START).arrivals(150).stream().map(Arrival::json).toList();
    List<String> distinct = new ArrayList<>(events.stream().distinct().toList());
    List<String> shuffled = new ArrayList<>(events);
    shuffled.addAll(distinct.subList(0, 50));
    Collections.shuffle(shuffled, new Random(1));
    Path spine = spine(Histories.START + 40 * MINUTE, Histories.START + 200 * MINUTE);
    for (boolean joined : new boolean[] {false, true}) {
      String expected = output(MEMORY << 6, joined ? spine : null, file("a.jsonl", distinct));
      assertThat(expected.lines().count()).isEqualTo(joined ? 2 : resultsOf(distinct));
      assertThat(output(MEMORY << 6, joined ? spine : null, file("b.jsonl", shuffled)))
          .isEqualTo(expected);
      assertThat(output(500, joined ? spine : null, file("b.jsonl", shuffled)))
          .as("spilled to disk after every few records")
          .isEqualTo(expected);
      Path first = file("c.jsonl", shuffled.subList(0, 100));
      Path rest = gzipped("d.jsonl.gz", shuffled.subList(100, shuffled.size()));
      assertThat(output(MEMORY, joined ? spine : null, rest, first)).isEqualTo(expected);
    }
  }

  /** Each event is read by each group of its type whose dimension it names. */
  private static long resultsOf(List<String> distinct) {
    long results = 0;
    for (String each : distinct) {
      boolean delivered = each.contains("ORDER_DELIVERED");
      results += 1; // store_orders
      results += each.contains("ORDER_CREATED") ? 3 : 0;
      results += delivered ? 5 : 0;
      results += each.contains("ORDER_CANCELLED") ? 2 : 0;
      results += each.contains("ORDER_PICKED") ? 1 : 0;
    }
    return results;
  }

  @Test
  void withoutASpineEveryResultOfAnEventIsARow() throws IOException {
    Path events =
        file("e.jsonl", List.of(created("b", NOON + 7).toString(), delivered("a", NOON, 10)));
    Path output = folder.resolve("rows.csv");
    ReplayReport report = Histories.replay(MEMORY).results(Histories.files(events), output);
    List<String> rows = Files.readAllLines(output);
    assertThat(rows.get(0))
        .startsWith("at,feature_group,dimension,key,event_id,courier_accept_time:count,")
        .endsWith(",city_demand:amount_mean_60m");
    assertThat(rows.subList(1, rows.size()))
        .extracting(row -> row.replaceAll(",+", ","))
        .containsExactly(
            "2026-09-21T14:13:20Z,store_delivery_time,store,45,a,1,10,10,10,",
            "2026-09-21T14:13:20Z,store_orders,store,45,a,0,0,0,0,0,0,0,",
            "2026-09-21T14:13:20.007Z,store_orders,store,45,b,1,1,1,0,1,1,1,");
    assertThat(report.rows()).isEqualTo(3);
  }

  @Test
  void eventsOfTheFutureCountWhenTheirTimeHasCome() throws IOException {
    long year2200 = 7_258_118_400_000L;
    List<String> events = List.of(created("a", year2200).toString());
    assertThat(value(events, year2200, "store_orders:unpicked")).isEqualTo("1");
  }

  @Test
  void theTimeToLiveIsASetting() throws IOException {
    Path output = folder.resolve("rows.jsonl");
    new Replay(Histories.GROUPS, Duration.ofDays(1), MEMORY, ReplayProgress.NONE)
        .join(
            Histories.files(file("e.jsonl", List.of(delivered("a", NOON, 10)))),
            spine(NOON + DAY, NOON + 2 * DAY),
            output);
    List<String> rows = Files.readAllLines(output);
    assertThat(rows.get(0)).contains("\"store_delivery_time:mean\":10");
    assertThat(rows.get(1)).contains("\"store_delivery_time:mean\":null");
  }

  private Map<String, String> features(List<String> events, long at) throws IOException {
    return features(events, at, false);
  }

  private Map<String, String> features(List<String> events, long at, boolean before)
      throws IOException {
    Path output = folder.resolve("row.csv");
    Histories.replay(MEMORY)
        .join(Histories.files(file("events.jsonl", events)), spine(at), output, before);
    List<String> lines = Files.readAllLines(output);
    String[] names = lines.get(0).split(",", -1);
    String[] cells = lines.get(1).split(",", -1);
    Map<String, String> features = new TreeMap<>();
    for (int i = 2; i < names.length; i++) {
      if (!cells[i].isEmpty()) {
        features.put(names[i], cells[i]);
      }
    }
    return features;
  }

  private String value(List<String> events, long at, String feature) throws IOException {
    return features(events, at).get(feature);
  }

  private Path spine(long... instants) throws IOException {
    List<String> lines = new ArrayList<>();
    for (long at : instants) {
      lines.add("{\"store\":45,\"at\":" + at + "}");
    }
    return file("spine.jsonl", lines);
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Histories.write(folder.resolve(name), lines);
  }

  private Path gzipped(String name, List<String> lines) throws IOException {
    Path file = folder.resolve(name);
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(String.join("\r\n", lines).getBytes(UTF_8));
    }
    return file;
  }

  private String output(long memory, Path spine, Path... events) throws IOException {
    Path output = folder.resolve("output.jsonl");
    if (spine == null) {
      Histories.replay(memory).results(Histories.files(events), output);
    } else {
      Histories.replay(memory).join(Histories.files(events), spine, output);
    }
    return Files.readString(output);
  }
}
