package dev.freshet.local.platform;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Window.last;
import static dev.freshet.input.Input.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.operations.events.EventStreams;
import dev.freshet.operations.rebuild.GroupStreams;
import dev.freshet.operations.rebuild.Rebuild;
import dev.freshet.redis.Redis;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.EventTally;
import dev.freshet.runtime.Settings;
import dev.freshet.state.Archive;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests a rebuild from files, for a group of another business. */
@Tag("verify")
class RebuildFilesIT {

  private static final EventType RATED =
      new EventType("TABLE_RATED", "table-rated", EventFormat.reference())
          .carrying("tableId", "leftAt", "ratedAt");

  private static final FeatureGroup GROUP =
      FeatureGroup.named("table_rating_time")
          .describedAs("How long guests take to rate a table.")
          .dimension(Entity.named("table").by("tableId"))
          .reads(RATED)
          .value(seconds("leftAt", "ratedAt"))
          .over(last(5), count(), mean())
          .build();

  @TempDir private Path folder;

  @Test
  void eventsGoToTheStreamsThatTheDeclarationsNameForTheirTypes() throws IOException {
    long now = TestPlatform.CLOCK.millis();
    String rated =
        ("{\"eventId\":\"%s\",\"eventType\":\"TABLE_RATED\",\"occurredAt\":%d,\"orderId\":\"o\","
                + "\"tableId\":3,\"leftAt\":%d,\"ratedAt\":%d}")
            .formatted("%s", now, now - 40_000, now);
    String unknown =
        "{\"eventId\":\"u\",\"eventType\":\"TABLE_SET\",\"occurredAt\":1795830000000,\"orderId\":1}";
    Path file =
        Files.writeString(
            folder.resolve("events"),
            rated.formatted("a") + rated.formatted("b") + unknown + "{\"broken\":");
    StringWriter out = new StringWriter();
    try (TestPlatform platform = new TestPlatform()) {
      EventTally tally = rebuild(platform, file, out);
      platform.awaitDone();

      assertThat(tally.readings()).isEqualTo(2);
      assertThat(tally.problems()).last().asString().startsWith("warning: 25.0 %");
      assertThat(out.toString())
          .contains("table_rating_time: 2 events, 2 of them new")
          .contains("no feature group declares: 1, first " + file + " line 1 event 3: 'TABLE_SET'");
      assertThat(platform.store().readAll("table", "3"))
          .containsEntry("table_rating_time:count", "2")
          .containsEntry("table_rating_time:mean", "40");

      Path none = Files.writeString(folder.resolve("none"), unknown);
      assertThatThrownBy(() -> rebuild(platform, none, out))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("no event can be used (events: 1, 0 invalid, 1 of no");
    }
  }

  private static EventTally rebuild(TestPlatform platform, Path file, StringWriter out)
      throws IOException {
    GroupStreams group = new GroupStreams(GROUP, Set.of(RATED.stream()));
    Duration limit = Duration.ofSeconds(30);
    try (Redis state = Redis.at(platform.platform().stateStoreUrl(), limit);
        Rebuild rebuild =
            new Rebuild(
                List.of(group),
                platform.kinesis(),
                "",
                state,
                unused -> Archive.NONE,
                new Settings(unset -> null),
                TestPlatform.CLOCK,
                new PrintWriter(out))) {
      return rebuild.fromFiles(
          List.of(EventSource.of(file)),
          EventStreams.of(
              Stream.concat(Catalogue.load().groups().stream(), Stream.of(GROUP)).toList()));
    }
  }
}
