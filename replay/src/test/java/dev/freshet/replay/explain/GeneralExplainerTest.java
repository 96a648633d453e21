package dev.freshet.replay.explain;

import static dev.freshet.replay.AirTraffic.departed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Aggregates;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Window;
import dev.freshet.replay.AirTraffic;
import dev.freshet.replay.Replay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations of derived features and texts, of an entity of several members. */
class GeneralExplainerTest {

  private static final long NOON = Instant.parse("2001-03-01T12:00:00Z").getEpochSecond();

  @Test
  void aDerivedFeatureIsExplainedByThoseItComesFrom() {
    Explanation explanation = explain("late_share");
    assertThat(explanation.number()).isEqualTo(0.5);
    assertThat(explanation.text(20))
        .startsWith(
            "route_delay:late_share of route JFK|L%7CX at 2001-03-01T13:00:00Z is 0.5",
            "  late_2h / departures_2h", "late_2h is 1")
        .contains(
            "departures_2h is 2",
            "  2001-03-01T12:00:00Z  a-d",
            "  2001-03-01T12:01:00Z  b-d  – not delay_minutes > 15",
            "skipped: 1 of other types, 0 without from.airport or to.airport, 0 without a value"
                + "  invalid: 0");
  }

  @Test
  void aTextIsExplainedByItsInput() {
    Explanation explanation = explain("latest_2h");
    assertThat(explanation.number()).isNaN();
    assertThat(explanation.value()).isEqualTo("AA");
    assertThat(explanation.text(20))
        .contains(
            "  x = carrier",
            "  2001-03-01T12:00:00Z  a-d  x = AA",
            "  2001-03-01T12:01:00Z  b-d  no carrier  – it carries no value");
  }

  @Test
  void historyIsExplainedByTheEventsThatAreReadAndSaysSo() {
    FeatureGroup group =
        FeatureGroup.named("route_history")
            .dimension(AirTraffic.ROUTE.dimension())
            .reads(AirTraffic.DEPARTED)
            .lateness(Duration.ofHours(6))
            .over(Window.lifetime(), Aggregates.count("departures"))
            .over(Window.days(1).every(Duration.ofHours(1)), Aggregates.count("departures"))
            .build();
    Instant nextDay = Instant.ofEpochSecond(NOON).plus(Duration.ofHours(25));
    assertThat(explain(group, "departures_lifetime", nextDay.plusSeconds(60)).text(20))
        .contains(
            "route_history:departures_lifetime of route JFK|L%7CX at 2001-03-02T13:01:00Z is 2",
            "  of the events read here alone: the platform also counts older ones, which it holds"
                + " merged",
            "counts: 2",
            "  2001-03-01T12:00:00Z  a-d",
            "  2001-03-01T12:01:00Z  b-d");
    assertThat(explain(group, "departures_1d", nextDay.minusMillis(1)).text(20))
        .contains(
            "counts: 1",
            "  2001-03-01T12:01:00Z  b-d",
            "  2001-03-01T12:00:00Z  a-d  – left the window at 2001-03-02T12:00:00Z");
  }

  private static Explanation explain(String name) {
    return explain(AirTraffic.ROUTE, name, Instant.ofEpochSecond(NOON + 3_600));
  }

  private static Explanation explain(FeatureGroup group, String name, Instant at) {
    Feature feature = group.feature(name);
    Explainer explainer =
        new Explainer(
            List.of(group),
            AirTraffic.TYPES,
            group,
            feature,
            "JFK|L%7CX",
            at.toEpochMilli(),
            Replay.TIME_TO_LIVE);
    explainer.see("", departed("a", NOON, "20", "\"AA\"").getBytes(UTF_8));
    explainer.see("", departed("b", NOON + 60, "3", "null").getBytes(UTF_8));
    explainer.see("weather", "{\"observed\":\"2001-03-01T12:00:00Z\"}".getBytes(UTF_8));
    return explainer.explain();
  }
}
