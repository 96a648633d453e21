package dev.freshet.flights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Reason;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Tests events byte for byte as the airlines' systems write them. */
class FlightsTest {

  private static final String DEPARTED =
      """
      {"event":"FLIGHT_DEPARTED","recorded_at":978327240,\
      "flight":{"leg":"LAS-PHL-20010101T0001-1","origin":"LAS","destination":"PHL",\
      "distance_miles":"2176.0"},"departure":{"scheduled_at":978325260,\
      "actual_at":978327240,"delay_minutes":"33.0"}}\
      """;

  private final FeatureTestDriver driver =
      FeatureTestDriver.of(OriginHandler.DELAYS, Instant.parse("2001-01-01T06:00:00Z"));

  @Test
  void aDepartureCountsAsItIs() {
    assertThat(driver.feed(DEPARTED)).isEqualTo(Outcome.APPLIED);
    assertThat(driver.feature("LAS", "latest")).hasValue(33);
    assertThat(driver.results().get(0).eventTime()).isEqualTo(978_327_240_000L);
  }

  @Test
  void aTimeInMillisecondsIsInvalid() {
    Outcome outcome =
        driver.feed(DEPARTED.replace("\"recorded_at\":978", "\"recorded_at\":978000"));
    assertThat(outcome).isInstanceOf(Outcome.Invalid.class);
    assertThat(((Outcome.Invalid) outcome).reason()).isEqualTo(Reason.UNPARSABLE_TIME);
  }

  @Test
  void anEventWithoutALegIsInvalid() {
    Outcome outcome = driver.feed(DEPARTED.replace("\"leg\"", "\"other\""));
    assertThat(((Outcome.Invalid) outcome).reason()).isEqualTo(Reason.MISSING_MEMBER);
  }
}
