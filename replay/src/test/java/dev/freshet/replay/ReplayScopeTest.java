package dev.freshet.replay;

import static dev.freshet.replay.Histories.created;
import static dev.freshet.replay.Histories.delivered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.Catalogue;
import dev.freshet.replay.ReplayScope.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;

class ReplayScopeTest {

  private static final long NOON = 1_790_000_000_000L;
  private static final long MINUTE = 60_000;

  @TempDir private Path folder;

  @Test
  void columnsHaveTheOrderInWhichTheyAreWanted() throws IOException {
    List<Wanted> wanted =
        List.of(Wanted.of("store_orders:unpicked"), Wanted.of("store_delivery_time:mean"));
    assertThat(join(new ReplayScope(wanted, Long.MIN_VALUE, Long.MAX_VALUE, 1, 0), 0, 2))
        .containsExactly(
            "store,at,store_orders:unpicked,store_delivery_time:mean",
            "45," + NOON + ",1,",
            "45," + (NOON + 2 * MINUTE) + ",1,10");
  }

  @Test
  void aDefaultStandsForWhatAnEntityLacks() throws IOException {
    List<Wanted> wanted =
        List.of(
            new Wanted("store_delivery_time:mean", -1, null),
            new Wanted("store_orders:unpicked", 7, null));
    Path spine = file("spine.csv", List.of("store,at", "45," + NOON, "," + NOON, "9," + NOON));
    assertThat(join(new ReplayScope(wanted, Long.MIN_VALUE, Long.MAX_VALUE, 1, 0), spine))
        .containsExactly(
            "store,at,store_delivery_time:mean,store_orders:unpicked",
            "45," + NOON + ",-1,1",
            "," + NOON + ",-1,7",
            "9," + NOON + ",-1,7");
  }

  @Test
  void rowsAreThoseSinceAnInstantAndBeforeAnother() throws IOException {
    ReplayScope minutes =
        new ReplayScope(
            List.of(Wanted.of("store_orders:created_5m")), NOON + MINUTE, NOON + 3 * MINUTE, 1, 0);
    assertThat(join(minutes, 0, 1, 2, 3))
        .containsExactly(
            "store,at,store_orders:created_5m",
            "45," + (NOON + MINUTE) + ",1",
            "45," + (NOON + 2 * MINUTE) + ",1");
  }

  @Test
  void resultsAreThoseOfTheWantedGroupInTheWantedTime() throws IOException {
    List<Wanted> wanted = List.of(Wanted.of("store_orders:created_5m"));
    Path output = folder.resolve("rows.csv");
    replay(new ReplayScope(wanted, NOON + 1, Long.MAX_VALUE, 1, 0))
        .results(Histories.files(events()), output);
    assertThat(Files.readAllLines(output))
        .containsExactly(
            "at,feature_group,dimension,key,event_id,store_orders:created_5m",
            "2026-09-21T14:14:20Z,store_orders,store,45,b,1",
            "2026-09-21T14:16:20Z,store_orders,store,45,c,2");
  }

  @Test
  void aSampleIsPartOfALargerOneOfTheSameSeed() throws IOException {
    int[] minutes = new int[1_000];
    List<Wanted> wanted = List.of(Wanted.of("store_orders:unpicked"));
    for (int i = 0; i < minutes.length; i++) {
      minutes[i] = i;
    }
    List<String> all = join(new ReplayScope(wanted, Long.MIN_VALUE, Long.MAX_VALUE, 1, 3), minutes);
    List<String> half =
        join(new ReplayScope(wanted, Long.MIN_VALUE, Long.MAX_VALUE, 0.5, 3), minutes);
    List<String> tenth =
        join(new ReplayScope(wanted, Long.MIN_VALUE, Long.MAX_VALUE, 0.1, 3), minutes);
    assertThat(half).hasSizeBetween(430, 570);
    assertThat(tenth).hasSizeBetween(60, 140);
    assertThat(half).containsSubsequence(tenth);
    assertThat(all).containsSubsequence(half);
  }

  @Test
  void aWantedFeatureOfAnEntityThatTheSpineLacksIsAnError() throws IOException {
    ReplayScope city =
        new ReplayScope(
            List.of(Wanted.of("store_orders:unpicked"), Wanted.of("city_demand:created_5m")),
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            1,
            0);
    assertThatThrownBy(() -> join(city, 0))
        .isInstanceOf(IOException.class)
        .hasMessage(
            folder.resolve("spine.csv")
                + " has no column city, the entity of city_demand:created_5m: add it, or leave the"
                + " feature out");
  }

  @Test
  void aServiceGivesItsColumnsInItsOrderWithItsDefaults() throws IOException {
    Catalogue catalogue = Catalogue.load();
    ScopeOptions options = parse("--service", "store_ranking");
    Path spine = file("spine.csv", List.of("at,customer,store,city", NOON + ",c1,45,XYZ"));
    Path output = folder.resolve("output.csv");
    new Replay(
            catalogue.groups(),
            Replay.TIME_TO_LIVE,
            1 << 20,
            ReplayProgress.NONE,
            options.of(catalogue, true))
        .join(Histories.files(events()), spine, output);
    List<String> fields =
        catalogue.service("store_ranking").features().stream().map(each -> each.field()).toList();
    assertThat(Files.readAllLines(output))
        .containsExactly(
            "at,customer,store,city," + String.join(",", fields),
            NOON + ",c1,45,XYZ,0,0,0,,,1,1,,,0");
  }

  @Test
  void aServiceThatIsNotThereIsNamed() {
    ScopeOptions options = parse("--service", "nothing");
    assertThatThrownBy(() -> options.of(Catalogue.load(), true))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("nothing");
  }

  @Command
  private static final class Chosen {
    @Mixin private ScopeOptions options;
  }

  private static ScopeOptions parse(String... arguments) {
    Chosen chosen = new Chosen();
    var unused = new CommandLine(chosen).parseArgs(arguments);
    return chosen.options;
  }

  private Path events() throws IOException {
    return file(
        "events.jsonl",
        List.of(
            created("a", NOON).toString(),
            delivered("b", NOON + MINUTE, 10),
            created("c", NOON + 3 * MINUTE).toString()));
  }

  private List<String> join(ReplayScope scope, int... minutes) throws IOException {
    List<String> rows = new ArrayList<>(List.of("store,at"));
    for (int minute : minutes) {
      rows.add("45," + (NOON + minute * MINUTE));
    }
    return join(scope, file("spine.csv", rows));
  }

  private List<String> join(ReplayScope scope, Path spine) throws IOException {
    Path output = folder.resolve("output.csv");
    var unused = replay(scope).join(Histories.files(events()), spine, output);
    return Files.readAllLines(output);
  }

  private static Replay replay(ReplayScope scope) {
    return new Replay(Histories.GROUPS, Replay.TIME_TO_LIVE, 1 << 20, ReplayProgress.NONE, scope);
  }

  private Path file(String name, List<String> lines) throws IOException {
    return Histories.write(folder.resolve(name), lines);
  }
}
