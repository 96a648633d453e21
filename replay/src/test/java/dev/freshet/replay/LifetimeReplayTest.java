package dev.freshet.replay;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests replays of features that go back farther than state in Redis. */
class LifetimeReplayTest {

  private static final EventType VISIT = new EventType("VISIT", "visits", EventFormat.reference());

  private static final FeatureGroup VISITS =
      FeatureGroup.named("visits")
          .dimension(Entity.named("guest").by("guestId"))
          .reads(VISIT)
          .lateness(Duration.ofHours(1))
          .over(lifetime(), count("visits"))
          .over(days(7).every(Duration.ofDays(1)), count("visits"))
          .build();

  private static final Instant NOON = FeatureTestDriver.START;

  @TempDir private Path folder;

  /** In a replay every event arrives when it occurs. */
  @Test
  void replayCountsWhatWasLateOnline() throws IOException {
    String inTime = visit("a", NOON.minus(Duration.ofMinutes(59)));
    String late = visit("b", NOON.minus(Duration.ofMinutes(60)));
    FeatureTestDriver online = FeatureTestDriver.of(VISITS);
    assertThat(online.feed(inTime)).isEqualTo(Outcome.APPLIED);
    assertThat(online.feed(late)).isEqualTo(Outcome.LATE);
    assertThat(online.feature("g", "visits_lifetime")).hasValue(1);
    assertThat(online.feature("g", "visits_7d")).hasValue(1);

    assertThat(replay(List.of(inTime, late), NOON))
        .contains("\"visits:visits_lifetime\":2")
        .contains("\"visits:visits_7d\":2");
  }

  @Test
  void aLifetimeIsNotForgottenWhenNothingComesForLong() throws IOException {
    List<String> visits = List.of(visit("a", NOON), visit("b", NOON.plus(Duration.ofDays(200))));
    Instant between = NOON.plus(Duration.ofDays(199));
    assertThat(replay(visits, between))
        .contains("\"visits:visits_lifetime\":1")
        .contains("\"visits:visits_7d\":0");
    assertThat(replay(visits, NOON.plus(Duration.ofDays(200))))
        .contains("\"visits:visits_lifetime\":2")
        .contains("\"visits:visits_7d\":1");
  }

  private static String visit(String id, Instant at) {
    return TestEvent.of(VISIT).id(id).at(at).with("guestId", "g").toString();
  }

  private String replay(List<String> events, Instant at) throws IOException {
    Path rows = folder.resolve("rows.jsonl");
    new Replay(List.of(VISITS), Replay.TIME_TO_LIVE, 8_000, ReplayProgress.NONE)
        .join(
            Histories.files(Histories.write(folder.resolve("events.jsonl"), events)),
            Histories.write(
                folder.resolve("spine.jsonl"),
                List.of("{\"at\":%d,\"guest\":\"g\"}".formatted(at.toEpochMilli()))),
            rows);
    return Files.readString(rows);
  }
}
