package dev.freshet.examples;

import static dev.freshet.examples.RideHailing.ACCEPTED;
import static dev.freshet.examples.RideHailing.CANCELLED;
import static dev.freshet.examples.RideHailing.COMPLETED;
import static dev.freshet.examples.RideHailing.DECLINED;
import static dev.freshet.examples.RideHailing.EXPIRED;
import static dev.freshet.examples.RideHailing.IDLE;
import static dev.freshet.examples.RideHailing.MATCHED;
import static dev.freshet.examples.RideHailing.OFF;
import static dev.freshet.examples.RideHailing.REQUESTED;
import static dev.freshet.testdriver.FeatureTestDriver.START;
import static dev.freshet.testdriver.Outcome.APPLIED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.EventType;
import dev.freshet.testdriver.EntityDriver;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The features of ride-hailing, with values computed by hand. */
class RideHailingTest {

  private final EntityDriver zone = EntityDriver.of(RideHailing.BALANCE, "north");

  @Test
  void aRecordIsReadAsACloudEvent() {
    FeatureTestDriver driver = FeatureTestDriver.of(RideHailing.BALANCE);
    assertThat(
            driver.feed(
                """
                {"specversion": "1.0", "source": "/rides", "id": "1", "type": "ride.requested",
                 "time": "2026-01-01T13:00:00+01:00", "datacontenttype": "application/json",
                 "data": {"ride": {"id": "r1"}, "rider": {"id": 9}, "zone": "north"}}
                """))
        .isEqualTo(APPLIED);
    assertThat(driver.feature("north", "open_requests")).hasValue(1);
    assertThat(driver.feature("north", "oldest_request_at")).hasValue(START.toEpochMilli());
  }

  @Test
  void requestsAreOpenUntilServedOrGivenUp() {
    zone.feed(ride(REQUESTED, "r1").at(START.minusSeconds(60)));
    zone.feed(ride(REQUESTED, "r2"));
    zone.feed(ride(REQUESTED, "r3"));
    zone.expect("open_requests", 3);
    zone.expect("oldest_request_at", START.minusSeconds(60).toEpochMilli());
    zone.expect("idle_drivers", 0);
    zone.expectNone("requests_per_driver");
    zone.expectNoOther();
    zone.feed(spell(IDLE, "s1"));
    zone.feed(spell(IDLE, "s2"));
    zone.expect("requests_per_driver", 1.5);
    zone.feed(ride(MATCHED, "r1").with("data.spell.id", "s1"));
    zone.expect("open_requests", 2);
    zone.expect("oldest_request_at", START.toEpochMilli());
    zone.expect("idle_drivers", 1);
    zone.expect("requests_per_driver", 2);
    zone.feed(ride(CANCELLED, "r2"));
    zone.expect("requests_per_driver", 1);
    zone.feed(spell(OFF, "s2"));
    zone.expect("idle_drivers", 0);
    zone.expectNone("requests_per_driver");
  }

  @Test
  void aRequestOfHalfAnHourAgoIsOpenNoMore() {
    zone.feed(ride(REQUESTED, "r1"));
    zone.feed(spell(IDLE, "s1"));
    zone.expectFor(Duration.ofMinutes(30), "open_requests", 1);
    zone.expect("open_requests", 0);
    zone.expectNone("oldest_request_at");
    zone.expectFor(Duration.ofMinutes(690), "idle_drivers", 1);
    zone.expect("idle_drivers", 0);
  }

  @Test
  void theEndMayArriveBeforeTheBeginning() {
    zone.feed(ride(MATCHED, "r1").with("data.spell.id", "s1").at(START.plusSeconds(60)));
    zone.feed(ride(REQUESTED, "r1"));
    zone.feed(spell(IDLE, "s1"));
    zone.expect("open_requests", 1); // a minute before it is served
    zone.expectFor(Duration.ofMinutes(1), "idle_drivers", 1);
    zone.expect("open_requests", 0);
    zone.feed(spell(IDLE, "s2").with("data.driver.id", "d1"));
    zone.expect("idle_drivers", 1);
  }

  @Test
  void theAcceptanceRateIsOfFiftyOffers() {
    EntityDriver driver = EntityDriver.of(RideHailing.OFFERS, "d1");
    driver.feedTimes(10, () -> offer(DECLINED));
    driver.feedTimes(30, () -> offer(ACCEPTED));
    driver.feedTimes(10, () -> offer(EXPIRED));
    driver.expect("offers", 50);
    driver.expect("acceptance_rate", 0.6);
    driver.feed(offer(ACCEPTED)); // in place of one that was declined
    driver.expect("offers", 50);
    driver.expect("acceptance_rate", 0.62);
    driver.feed(offer(ACCEPTED).at(START.plusMillis(5_500))); // arrives after later ones
    driver.expect("acceptance_rate", 0.64);
    driver.expectNoOther();
  }

  @Test
  void cancellationsAreOfTwentyRides() {
    EntityDriver rider = EntityDriver.of(RideHailing.CANCELLATIONS, "9");
    rider.feedTimes(2, () -> ride(CANCELLED, "r"));
    rider.feedTimes(17, () -> ride(COMPLETED, "r"));
    rider.feedTimes(1, () -> ride(CANCELLED, "r"));
    rider.expect("rides", 20);
    rider.expect("cancellations", 3);
    rider.feed(ride(COMPLETED, "r"));
    rider.expect("cancellations", 2);
    rider.feedTwice(ride(COMPLETED, "r"));
    rider.expect("cancellations", 1);
    rider.expect("rides", 20);
    rider.expectNoOther();
  }

  private static TestEvent ride(EventType type, String id) {
    return TestEvent.of(type)
        .with("data.zone", "north")
        .with("data.ride.id", id)
        .with("data.rider.id", 9);
  }

  private static TestEvent spell(EventType type, String id) {
    return TestEvent.of(type).with("data.zone", "north").with("data.spell.id", id);
  }

  private static TestEvent offer(EventType type) {
    return TestEvent.of(type).with("data.driver.id", "d1");
  }
}
