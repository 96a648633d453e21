package dev.freshet.flights;

import static dev.freshet.flights.FlightEvents.departed;
import static dev.freshet.flights.FlightEvents.scheduled;

import dev.freshet.testdriver.EntityDriver;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RouteTimetableHandlerTest {

  private final EntityDriver driver = EntityDriver.of(RouteTimetableHandler.FEATURES, "LAS|PHL");

  @Test
  void theFlightsBeforeAndAfterThisTimeYesterday() {
    long before = fly("1", "-5.0");
    driver.advance(Duration.ofHours(1));
    long after = fly("2", "40.0");

    driver.advance(Duration.ofHours(23).plusMinutes(20));
    driver.expect("earlier_2h_after_1d_at", before);
    driver.expect("earlier_delay_2h_after_1d", -5);
    driver.expect("later_2h_after_22h_at", after);
    driver.expect("later_delay_2h_after_22h", 40);
    driver.expectNoOther();
  }

  @Test
  void theSameOfTwoAndSevenDaysAgo() {
    long before = fly("1", "-5.0");
    driver.advance(Duration.ofHours(1));
    long after = fly("2", "40.0");

    driver.advance(Duration.ofHours(47).plusMinutes(20));
    driver.expect("earlier_2h_after_2d_at", before);
    driver.expect("earlier_delay_2h_after_2d", -5);
    driver.expect("later_2h_after_46h_at", after);
    driver.expect("later_delay_2h_after_46h", 40);

    driver.advance(Duration.ofDays(5));
    driver.expect("earlier_2h_after_7d_at", before);
    driver.expect("earlier_delay_2h_after_7d", -5);
    driver.expect("later_2h_after_166h_at", after);
    driver.expect("later_delay_2h_after_166h", 40);
  }

  @Test
  void anEventThatComesAgainIsOneEvent() {
    driver.feedTwice(departed("LAS-PHL-1", "LAS", "PHL", "7.5"));
  }

  private long fly(String number, String delayMinutes) {
    driver.feed(scheduled("LAS-PHL-" + number, "LAS", "PHL"));
    driver.feed(departed("LAS-PHL-" + number, "LAS", "PHL", delayMinutes));
    return driver.now().toEpochMilli();
  }
}
