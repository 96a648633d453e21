package dev.freshet.testdriver;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.firstAt;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static dev.freshet.input.Input.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests of a feature group with windows of history, as a data scientist writes them. */
class HistoryDriverTest {

  private static final EventType VISIT = new EventType("VISIT", "visits", EventFormat.reference());

  private static final FeatureGroup VISITS =
      FeatureGroup.named("guest_history")
          .dimension(Entity.named("guest").by("guestId"))
          .reads(VISIT)
          .lateness(Duration.ofHours(2))
          .over(lifetime(), count("visits"), sum().of(amount("bill")), firstAt("first_visit"))
          .over(
              days(30).every(Duration.ofDays(1)),
              count("visits"),
              mean().of(amount("bill")),
              percentile(90).of(amount("bill")),
              distinct().of(text("tableId")).as("tables"))
          .over(minutes(10), count("visits"))
          .build();

  private static final Duration DAY = Duration.ofDays(1);

  private final EntityDriver guest = EntityDriver.of(VISITS, "g");

  private static TestEvent visit(double bill) {
    return TestEvent.of(VISIT).with("guestId", "g").with("bill", bill);
  }

  @Test
  void aLifetimeCountsEveryVisit() {
    Instant first = guest.now();
    for (int year = 0; year < 3; year++) {
      guest.feedTimes(5, () -> visit(12.5));
      guest.advance(Duration.ofDays(365));
    }

    guest.expect("visits_lifetime", 15);
    guest.expect("sum_lifetime", 187.5);
    guest.expect("first_visit_lifetime_at", first.toEpochMilli());
    guest.expect("visits_30d", 0);
    guest.expectNone("mean_30d");
  }

  /** At noon, t − 30 days lies in the hop of a day that began at midnight. */
  @Test
  void aVisitLeavesAtTheEndOfItsDay() {
    guest.feed(visit(10));
    guest.expectFor(Duration.ofDays(30).plusHours(12), "visits_30d", 1);
    guest.expect("visits_30d", 0);
    guest.expect("visits_lifetime", 1);
  }

  @Test
  void ninetyDaysPassInOneStep() {
    guest.feedEach(bill -> visit(bill), 10, 20, 30);
    guest.advance(Duration.ofDays(90));
    guest.feed(visit(7));

    guest.expect("visits_lifetime", 4);
    guest.expect("sum_lifetime", 67);
    guest.expect("visits_30d", 1);
    guest.expect("mean_30d", 7);
    guest.expect("visits_10m", 1);
  }

  @Test
  void aVisitArrivesAtMostTwoHoursLate() {
    FeatureTestDriver visits = FeatureTestDriver.of(VISITS);
    Instant noon = visits.now();
    assertThat(visits.feed(visit(1).at(noon.minus(Duration.ofHours(2)).plusMillis(1))))
        .isEqualTo(Outcome.APPLIED);
    assertThat(visits.feed(visit(1).at(noon.minus(Duration.ofHours(2))))).isEqualTo(Outcome.LATE);
    assertThat(visits.feature("g", "visits_lifetime")).hasValue(1);
  }

  @Test
  void aVisitThatIsToldAgainCountsOnce() {
    guest.feedTwice(visit(10));
    guest.expect("visits_lifetime", 1);
  }

  @Test
  void estimatesAreAsCloseAsTheySay() {
    FeatureTestDriver visits = FeatureTestDriver.of(VISITS);
    for (int i = 1; i <= 5_000; i++) {
      visits.feed(visit(i).with("tableId", "table " + i));
      visits.advance(Duration.ofMinutes(5));
    }
    assertThat(visits.feature("g", "tables_30d").orElseThrow()).isCloseTo(5_000, within(250.0));
    assertThat(visits.feature("g", "p90_30d").orElseThrow()).isCloseTo(4_500, within(45.1));
    visits.advance(DAY.multipliedBy(31));
    assertThat(visits.feature("g", "tables_30d")).isEmpty();
    assertThat(visits.feature("g", "visits_lifetime")).hasValue(5_000);
  }
}
