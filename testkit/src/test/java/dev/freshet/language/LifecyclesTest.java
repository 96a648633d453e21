package dev.freshet.language;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Derived.ratio;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.decimal;
import static dev.freshet.input.Input.typeIs;
import static dev.freshet.testdriver.FeatureTestDriver.START;
import static dev.freshet.testdriver.Outcome.APPLIED;
import static dev.freshet.testdriver.Outcome.DUPLICATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Lifecycle;
import dev.freshet.definition.Stage;
import dev.freshet.definition.Status;
import dev.freshet.event.Skipped;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rides of a zone: two lifecycles, of requests and of drivers' breaks between two rides. */
class LifecyclesTest {

  private static final EventFormat FORMAT =
      EventFormat.json().id("id").type("kind").occurredAt("at", TimeFormat.EPOCH_MILLIS);

  private static final EventType REQUESTED = new EventType("requested", "rides", FORMAT);
  private static final EventType ACCEPTED = new EventType("accepted", "rides", FORMAT);
  private static final EventType WITHDRAWN = new EventType("withdrawn", "rides", FORMAT);
  private static final EventType EXPIRED = new EventType("expired", "rides", FORMAT);
  private static final EventType BREAK = new EventType("break", "drivers", FORMAT);

  private static final Lifecycle RIDE = Lifecycle.named("ride").by("ride.id");
  private static final Stage ASKED = RIDE.stage("asked", REQUESTED);
  private static final Stage TAKEN = RIDE.stage("taken", ACCEPTED);
  private static final Stage GONE = RIDE.stage("gone", WITHDRAWN, EXPIRED);

  private static final Lifecycle PAUSE =
      Lifecycle.named("pause").by("driver.pause").skew(Duration.ofMinutes(5));
  private static final Stage IDLE = PAUSE.stage("idle", BREAK);
  private static final Stage BUSY = PAUSE.stage("busy", ACCEPTED);

  private static final Status WAITING = open("waiting").since(ASKED).until(TAKEN, GONE);

  private static final FeatureGroup ZONE =
      FeatureGroup.named("zone_rides")
          .dimension(Entity.named("zone").by("zone"))
          .reads(ACCEPTED, WITHDRAWN)
          .over(
              lookBack(Duration.ofMinutes(30)),
              WAITING,
              WAITING.sum("fares_waiting", decimal("fare")),
              WAITING.oldest("waiting_since"))
          .over(lookBack(Duration.ofHours(2)), open("idle_drivers").since(IDLE).until(BUSY))
          .over(minutes(10), entered(ASKED), entered(GONE), count("answers"))
          .over(last(2), mean().of(typeIs(ACCEPTED)).as("acceptance"))
          .derive(ratio("waiting_per_driver", "waiting", "idle_drivers"))
          .build();

  private final FeatureTestDriver driver = FeatureTestDriver.of(ZONE);

  @Test
  void severalLifecyclesAndWindowsInOneGroup() {
    driver.feed(ride(REQUESTED, "r1", 0).with("fare", "10.10"));
    driver.feed(ride(REQUESTED, "r2", 0).with("fare", 5.05).at(START.minusSeconds(60)));
    driver.feed(TestEvent.of(BREAK).with("zone", "z").with("driver.pause", "p1"));
    Expected.features(
        driver,
        "z",
        "waiting",
        2,
        "fares_waiting",
        15.15,
        "waiting_since_at",
        START.toEpochMilli() - 60_000,
        "idle_drivers",
        1,
        "asked_10m",
        2,
        "gone_10m",
        0,
        "answers_10m",
        0,
        "waiting_per_driver",
        2);
    driver.advance(Duration.ofMinutes(1));
    driver.feed(ride(ACCEPTED, "r2", 1).with("driver.pause", "p1"));
    Expected.features(
        driver,
        "z",
        "waiting",
        1,
        "fares_waiting",
        10.1,
        "waiting_since_at",
        START.toEpochMilli(),
        "idle_drivers",
        0,
        "asked_10m",
        2,
        "gone_10m",
        0,
        "answers_10m",
        1,
        "acceptance",
        1);
    driver.advance(Duration.ofMinutes(1));
    driver.feed(ride(WITHDRAWN, "r1", 2));
    Expected.features(
        driver,
        "z",
        "waiting",
        0,
        "fares_waiting",
        0,
        "idle_drivers",
        0,
        "asked_10m",
        2,
        "gone_10m",
        1,
        "answers_10m",
        2,
        "acceptance",
        0.5);
  }

  @Test
  void anyEventTypeOfAStageEntersIt() {
    driver.feed(ride(REQUESTED, "r1", 0));
    driver.feed(ride(REQUESTED, "r2", 0));
    driver.feed(ride(WITHDRAWN, "r1", 0));
    driver.feed(ride(EXPIRED, "r2", 0));
    assertThat(driver.feature("z", "waiting")).hasValue(0);
    assertThat(driver.feature("z", "gone_10m")).hasValue(2);
    assertThat(driver.feed(ride(EXPIRED, "r1", 0))).as("gone already").isEqualTo(DUPLICATE);
    assertThat(driver.feature("z", "gone_10m")).hasValue(2);
  }

  @Test
  void theOldestLeavesWithTheLookBack() {
    driver.feed(ride(REQUESTED, "r1", 0));
    driver.advance(Duration.ofMinutes(4));
    driver.feed(ride(REQUESTED, "r2", 4));
    assertThat(driver.feature("z", "waiting_since_at")).hasValue(START.toEpochMilli());
    driver.advance(Duration.ofMinutes(26).minusMillis(1));
    assertThat(driver.feature("z", "waiting_since_at")).hasValue(START.toEpochMilli());
    driver.advance(Duration.ofMillis(1));
    assertThat(driver.feature("z", "waiting_since_at")).hasValue(START.toEpochMilli() + 4 * 60_000);
    driver.advance(Duration.ofMinutes(4));
    assertThat(driver.feature("z", "waiting_since_at")).isEmpty();
    assertThat(driver.feature("z", "waiting")).hasValue(0);
  }

  @Test
  void theSumIsOfTheNumberThatTheEarliestEventCarries() {
    driver.feed(ride(REQUESTED, "r1", 0).id("late").with("fare", "7"));
    assertThat(driver.feature("z", "fares_waiting")).hasValue(7);
    driver.feed(ride(REQUESTED, "r1", 0).id("early").with("fare", "3").at(START.minusMillis(5)));
    assertThat(driver.feature("z", "fares_waiting")).hasValue(3);
    driver.feed(ride(REQUESTED, "r1", 0).id("latest").with("fare", "9").at(START.plusMillis(5)));
    assertThat(driver.feature("z", "fares_waiting")).hasValue(3);
    driver.feed(ride(REQUESTED, "r2", 0));
    assertThat(driver.feature("z", "fares_waiting")).as("r2 has none").hasValue(3);
  }

  /** An event that names no item serves the windows, and the other lifecycle. */
  @Test
  void anEventMayServeOneKindAlone() {
    assertThat(driver.feed(TestEvent.of(ACCEPTED).with("zone", "z"))).isEqualTo(APPLIED);
    assertThat(driver.feature("z", "answers_10m")).hasValue(1);
    assertThat(driver.feed(TestEvent.of(REQUESTED).with("zone", "z")))
        .isEqualTo(new Outcome.Skipped(Skipped.NO_VALUE));
    driver.feed(TestEvent.of(ACCEPTED).with("zone", "z").with("driver.pause", "p1"));
    driver.feed(
        TestEvent.of(BREAK).with("zone", "z").with("driver.pause", "p1").at(START.minusSeconds(9)));
    assertThat(driver.feature("z", "idle_drivers")).hasValue(0);
  }

  private static TestEvent ride(EventType type, String id, int minute) {
    return TestEvent.of(type)
        .with("zone", "z")
        .with("ride.id", id)
        .at(START.plus(Duration.ofMinutes(minute)));
  }
}
