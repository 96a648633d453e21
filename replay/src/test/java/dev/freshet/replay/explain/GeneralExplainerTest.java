package dev.freshet.replay.explain;

import static dev.freshet.replay.AirTraffic.departed;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Aggregates;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Window;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.fold.Part;
import dev.freshet.fold.Part.Verdict;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.DeclaredHistory;
import dev.freshet.oracle.RandomDeclaration;
import dev.freshet.replay.AirTraffic;
import dev.freshet.replay.Replay;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Explanations of derived features and texts, of an entity of several members. */
class GeneralExplainerTest {

  private static final long NOON = Instant.parse("2001-03-01T12:00:00Z").getEpochSecond();
  private static final long SECONDS_TO_LIVE = Replay.TIME_TO_LIVE.toSeconds();

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

  /** The state is one: the recalculation of a time window keeps the last events too. */
  @Test
  void lastEventsAreRememberedAsLongAsAnyFeatureOfTheirGroupIsWritten() {
    long leaves = NOON + Duration.ofHours(2).toSeconds();
    Explanation kept = delayMean(departed("late", leaves + SECONDS_TO_LIVE, "4", "null"));
    assertThat(kept.number()).isEqualTo(12);
    assertThat(whats(kept, Verdict.COUNTS))
        .containsExactly(
            "2001-03-01T12:00:00Z  a-d  x = 20", "2001-05-30T14:00:00Z  late-d  x = 4");
    Explanation forgotten = delayMean(departed("late", leaves + SECONDS_TO_LIVE + 1, "4", "null"));
    assertThat(forgotten.number()).isEqualTo(4);
    assertThat(forgotten.sources().get(0).parts(Verdict.EVICTED))
        .extracting(Part::why)
        .containsExactly("forgotten: the state had expired by 2001-05-30T14:00:01Z");
  }

  @Test
  void anEventThatAFeatureDoesNotSeeKeepsItsEventsToo() {
    String unseen = departed("b", NOON + SECONDS_TO_LIVE, "0", "null").replace("\"0\"", "null");
    Explanation explanation =
        delayMean(unseen, departed("late", NOON + 2 * SECONDS_TO_LIVE, "4", "null"));
    assertThat(explanation.number()).isEqualTo(12);
    assertThat(whats(explanation, Verdict.COUNTS)).hasSize(2);
    assertThat(whats(explanation, Verdict.EVICTED)).hasSize(1);
  }

  /** With state that often expires between events. */
  @Test
  void whatCountsIsAsManyAsTheValueOfACountSays() {
    int compared = 0;
    for (long seed = 1; seed <= 600; seed++) {
      RandomDeclaration declared = new RandomDeclaration(seed);
      List<Arrival> arrivals = new DeclaredHistory(declared, seed, NOON * 1_000).arrivals(15);
      long at = arrivals.get(arrivals.size() / 2).atMillis();
      for (Feature each : declared.group().features()) {
        if (each.formula().startsWith("n, the number of events")) {
          Explanation explanation = explain(declared, each, arrivals, at);
          double value = Double.isNaN(explanation.number()) ? 0 : explanation.number();
          assertThat((double) whats(explanation, Verdict.COUNTS).size())
              .as("seed %d, %s, %s", seed, declared, explanation.text(50))
              .isEqualTo(value);
          compared++;
        }
      }
    }
    assertThat(compared).isGreaterThan(200);
  }

  private static Explanation explain(
      RandomDeclaration declared, Feature feature, List<Arrival> arrivals, long at) {
    FeatureGroup group = declared.group();
    EventParser parser = new EventParser(group);
    String entity =
        arrivals.stream()
            .map(each -> parser.parse("steps", ByteBuffer.wrap(each.json().getBytes(UTF_8)), at))
            .filter(Event.class::isInstance)
            .map(each -> ((Event) each).entity())
            .findFirst()
            .orElse("none");
    Explainer explainer =
        new Explainer(
            List.of(group),
            group.eventTypes(),
            group,
            feature,
            entity,
            at,
            declared.scale().dividedBy(4));
    arrivals.forEach(each -> explainer.see("steps", each.json().getBytes(UTF_8)));
    return explainer.explain();
  }

  /** Explains the mean of two delays an hour after the last event; the first is 20 minutes. */
  private static Explanation delayMean(String... later) {
    Explainer explainer = explainer("delay_mean", NOON + 2 * SECONDS_TO_LIVE + 3_600);
    explainer.see("", departed("a", NOON, "20", "\"AA\"").getBytes(UTF_8));
    for (String each : later) {
      explainer.see("", each.getBytes(UTF_8));
    }
    return explainer.explain();
  }

  private static List<String> whats(Explanation explanation, Verdict verdict) {
    return explanation.sources().get(0).parts(verdict).stream().map(Part::what).toList();
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

  private static Explainer explainer(String name, long atSeconds) {
    Feature feature = AirTraffic.ROUTE.feature(name);
    return new Explainer(
        List.of(AirTraffic.ROUTE),
        AirTraffic.TYPES,
        AirTraffic.ROUTE,
        feature,
        "JFK|L%7CX",
        atSeconds * 1_000,
        Replay.TIME_TO_LIVE);
  }
}
