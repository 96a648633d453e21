package dev.freshet.replay;

import static dev.freshet.replay.AirTraffic.departed;
import static dev.freshet.replay.AirTraffic.planned;
import static dev.freshet.replay.AirTraffic.weather;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events of several formats, entities of several members or none, and features that are texts. */
class OtherCatalogueTest {

  private static final long NOON = Instant.parse("2001-03-01T12:00:00Z").getEpochSecond();

  @TempDir private Path folder;
  private List<EventSource> events;

  @BeforeEach
  void writeEvents() throws IOException {
    Path flights =
        file(
            "flights.jsonl",
            planned("f1", NOON - 600),
            departed("f1", NOON, "20.5", "\"AA\""),
            planned("f2", NOON + 30),
            departed("f3", NOON + 60, "-1", "\"DL\""),
            departed("f4", NOON + 60, "1.25", "null"));
    Path reports =
        file(
            "reports.jsonl",
            weather("2001-03-01T12:00:00Z", "JFK", "7"),
            weather("2001-03-01T11:00:00Z", "JFK", "9"));
    events = sources(flights.toString(), "weather=" + reports);
  }

  @Test
  void aRowHasTheFeaturesOfItsEntitiesAndOfGlobalOnes() throws IOException {
    Path spine = file("spine.csv", "route,airport,at", "JFK|L%7CX,JFK," + (NOON + 90) + "000");
    for (String extension : TableFormat.extensions()) {
      assertThat(join(spine, "rows" + extension))
          .isEqualTo(
              Map.ofEntries(
                  Map.entry("route", "JFK|L%7CX"),
                  Map.entry("airport", "JFK"),
                  Map.entry("at", (NOON + 90) + "000"),
                  Map.entry("route_delay:delay_mean", "0.125"),
                  Map.entry("route_delay:departures_2h", "3"),
                  Map.entry("route_delay:late_2h", "1"),
                  Map.entry("route_delay:top_2_2h", "[\"AA\",\"DL\"]"),
                  Map.entry("route_delay:latest_2h", "DL"),
                  Map.entry("route_delay:departure_2h_at", (NOON + 60) + "000"),
                  Map.entry("route_delay:departure_2h", "30"),
                  Map.entry("route_delay:late_share", "0.3333333333333333"),
                  Map.entry("network_waiting:waiting", "1"),
                  Map.entry("network_waiting:oldest_waiting_at", (NOON + 30) + "000"),
                  Map.entry("network_waiting:oldest_waiting", "60"),
                  Map.entry("airport_weather:latest", "7")));
    }
  }

  @Test
  void aSpineOfInstantsAloneHasTheFeaturesOfGlobalEntities() throws IOException {
    Path spine = file("spine.csv", "at,network", NOON - 1 + "000,5G");
    assertThat(join(spine, "rows.jsonl"))
        .containsOnlyKeys(
            "at",
            "network",
            "network_waiting:waiting",
            "network_waiting:oldest_waiting_at",
            "network_waiting:oldest_waiting")
        .as("a column of that name is kept as any other")
        .containsEntry("network", "5G")
        .containsEntry("network_waiting:oldest_waiting", "599");
  }

  @Test
  void resultsHaveInstantsAndTextsButNoAges() throws IOException {
    Path output = folder.resolve("rows.csv");
    ReplayReport report = replay().results(events, output);
    List<String> rows = Files.readAllLines(output);
    assertThat(rows.get(0))
        .endsWith(
            "event_id,route_delay:delay_mean,route_delay:departures_2h,route_delay:late_2h,"
                + "route_delay:top_2_2h,route_delay:latest_2h,route_delay:departure_2h_at,"
                + "route_delay:late_share,network_waiting:waiting,"
                + "network_waiting:oldest_waiting_at,airport_weather:latest");
    assertThat(rows)
        .contains(
            "2001-03-01T12:00:00Z,route_delay,route,JFK|L%7CX,f1-d,20.5,1,1,\"[\"\"AA\"\"]\",AA,"
                + NOON
                + "000,1,,,")
        .contains(
            "2001-03-01T12:00:30Z,network_waiting,network,all,f2-p,,,,,,,,1,"
                + (NOON + 30)
                + "000,")
        .hasSize(11);
    assertThat(report.events().invalid()).isZero();
    assertThat(report.text()).hasSize(1);
  }

  @Test
  void eventsWhoseStreamSaysTheirTypeNeedIt() {
    List<EventSource> unnamed =
        events.stream().map(each -> EventSource.of(each.path())).toList().subList(1, 2);
    assertThatThrownBy(() -> replay().results(unnamed, folder.resolve("rows.csv")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("their stream says the type")
        .hasMessageContaining("STREAM=FILE");
  }

  @Test
  void aPathMayHaveAnEqualsSign() throws IOException {
    Files.createDirectory(folder.resolve("day=1"));
    Path file = file("day=1/e.jsonl", planned("f1", NOON));
    assertThat(replay().results(sources(file.toString()), folder.resolve("o.csv")).rows())
        .isEqualTo(1);
    List<EventSource> misspelt = sources("wether=" + file);
    assertThatThrownBy(() -> replay().results(misspelt, folder.resolve("o.csv")))
        .hasMessage(
            "cannot read wether=%s: there is no such file, and the catalogue has no stream wether"
                .formatted(file));
  }

  /** The last write is that of the recalculation when the first event leaves the window of 2 h. */
  @Test
  void lastEventsBesideATimeWindowAreForgottenAfterTheLastWriteOfTheirGroup() throws IOException {
    long later = NOON + 26 * 3_600;
    for (int second : new int[] {0, 1}) {
      Path file =
          file(
              "e.jsonl",
              departed("f1", NOON, "1", "null"),
              departed("f2", later + second, "3", "null"));
      Path output = folder.resolve("o.jsonl");
      new Replay(AirTraffic.GROUPS, Duration.ofDays(1), 1 << 20, ReplayProgress.NONE)
          .results(sources(file.toString()), output);
      assertThat(Files.readString(output))
          .contains("f2-d\",\"route_delay:delay_mean\":" + (second == 0 ? 2 : 3));
    }
  }

  @Test
  void droppedEventsAreReported() throws IOException {
    Replay few =
        new Replay(
            List.of(AirTraffic.HOLDING_ONE), Replay.TIME_TO_LIVE, 1 << 20, ReplayProgress.NONE);
    assertThat(few.results(events.subList(0, 1), folder.resolve("o.csv")).text())
        .last()
        .asString()
        .startsWith("warning: 2 events or items were dropped");
  }

  private Map<String, String> join(Path spine, String name) throws IOException {
    Path output = folder.resolve(name);
    replay().join(events, spine, output);
    try (RowReader rows = TableFormat.require(name).read(output)) {
      Cell[] cells = rows.next();
      Map<String, String> row = new TreeMap<>();
      for (int i = 0; i < cells.length; i++) {
        row.put(rows.names().get(i), cells[i].text().replaceFirst("\\.0$", ""));
      }
      assertThat(rows.next()).isNull();
      return row;
    }
  }

  private static Replay replay() {
    return new Replay(AirTraffic.GROUPS, Replay.TIME_TO_LIVE, 1 << 20, ReplayProgress.NONE);
  }

  private static List<EventSource> sources(String... arguments) {
    return Arrays.stream(arguments).map(each -> EventSource.parse(each, AirTraffic.TYPES)).toList();
  }

  private Path file(String name, String... lines) throws IOException {
    return Histories.write(folder.resolve(name), List.of(lines));
  }
}
