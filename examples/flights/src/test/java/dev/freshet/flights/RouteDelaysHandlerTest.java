package dev.freshet.flights;

import static dev.freshet.flights.FlightEvents.departed;
import static dev.freshet.flights.FlightEvents.scheduled;

import dev.freshet.testdriver.EntityDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouteDelaysHandlerTest {

  private final EntityDriver driver = EntityDriver.of(RouteDelaysHandler.FEATURES, "LAS|PHL");

  @Test
  void theFeaturesOfThreeFlightsAndOneThatStillWaits() {
    long start = driver.now().plus(Duration.ofHours(4)).toEpochMilli();
    driver.feed(departed("LAS", "PHL", "30.0"));
    driver.advance(Duration.ofHours(4));
    driver.feed(scheduled("LAS-PHL-4", "LAS", "PHL"));
    driver.feed(departed("LAS", "PHL", "9.0"));
    driver.advance(Duration.ofMinutes(1));
    driver.feed(departed("LAS", "PHL", "-3.0"));

    driver.expect("mean", 12);
    driver.expect("rolling_mean_3", 12);
    driver.expect("ewma", (30 * 0.64 + 9 * 0.8 - 3) / 2.44);
    driver.expect("latest", -3);
    driver.expect("p50", 9);
    driver.expect("departed_1h", 2);
    driver.expect("mean_1h", 3);
    driver.expect("departed_2h", 2);
    driver.expect("late_2h", 0);
    driver.expect("late_share_2h", 0);
    driver.expect("departed_3h", 2);
    driver.expect("mean_3h", 3);
    driver.expect("p90_3h", 7.8);
    driver.expect("max_3h", 9);
    driver.expect("mean_7d", 12);
    driver.expect("undeparted", 1);
    driver.expect("oldest_undeparted_at", start);
    driver.expectNoOther();
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(departed("LAS-PHL-1", "LAS", "PHL", "7.5"));
  }

  @Test
  void aFlightCountsForThoseOfTheNextDay() {
    driver.feed(departed("LAS", "PHL", "30.0"));

    driver.advance(Duration.ofHours(22).minusMillis(1));
    driver.expectNone("mean_3h_after_22h");
    driver.advance(Duration.ofMillis(1));
    driver.expectFor(Duration.ofHours(3), "mean_3h_after_22h", 30);
    driver.expectNone("mean_3h_after_22h");
  }
}
