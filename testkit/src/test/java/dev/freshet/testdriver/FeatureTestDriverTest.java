package dev.freshet.testdriver;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.entered;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Aggregates.variance;
import static dev.freshet.definition.Status.open;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.lookBack;
import static dev.freshet.definition.Window.minutes;
import static dev.freshet.input.Input.amount;
import static dev.freshet.input.Input.seconds;
import static dev.freshet.testdriver.Outcome.APPLIED;
import static dev.freshet.testdriver.Outcome.DUPLICATE;
import static dev.freshet.testdriver.Outcome.LATE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Lifecycle;
import dev.freshet.definition.Stage;
import dev.freshet.event.Reason;
import dev.freshet.event.Skipped;
import dev.freshet.format.EventFormat;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class FeatureTestDriverTest {

  private static final EventFormat FORMAT = EventFormat.reference().requiring("itemId");
  private static final EventType PLACED = new EventType("PLACED", "placed", FORMAT);
  private static final EventType SERVED = new EventType("SERVED", "served", FORMAT);
  private static final Entity TABLE = Entity.named("table").by("tableId");

  private static final FeatureGroup WAITING =
      FeatureGroup.named("waiting")
          .dimension(TABLE)
          .reads(SERVED)
          .value(seconds("placedAt", "occurredAt"))
          .over(last(2), count(), mean(), variance())
          .build();

  private static final FeatureGroup TAKINGS =
      FeatureGroup.named("takings")
          .dimension(TABLE)
          .reads(PLACED)
          .value(amount("price"))
          .over(minutes(5), count("placed"))
          .over(minutes(60), count("placed"), sum("price"), mean("price"))
          .build();

  private final FeatureTestDriver waiting = FeatureTestDriver.of(WAITING);
  private final FeatureTestDriver takings = FeatureTestDriver.of(TAKINGS);

  @Test
  void featuresFollowTheEventsThatAreFed() {
    assertThat(waiting.feed(served(10))).isEqualTo(APPLIED);
    assertThat(waiting.features("7")).containsExactly(entry("count", 1.0), entry("mean", 10.0));
    assertThat(waiting.feature("7", "variance")).isEmpty();

    waiting.feed(served(20));
    waiting.feed(served(40));

    assertThat(waiting.features("7"))
        .containsExactly(entry("count", 2.0), entry("mean", 30.0), entry("variance", 200.0));
    assertThat(waiting.validUntil("7")).isEmpty();
  }

  @Test
  void anEntityThatNoEventNamedHasNoFeatures() {
    waiting.feed(served(10));

    assertThat(waiting.features("8")).isEmpty();
    assertThat(waiting.feature("8", "count")).isEmpty();
  }

  @Test
  void theClockStandsUntilItIsMoved() {
    assertThat(takings.now()).isEqualTo(FeatureTestDriver.START);
    takings.advance(Duration.ofSeconds(90));
    assertThat(takings.now()).isEqualTo("2026-01-01T12:01:30Z");

    Instant start = Instant.parse("2015-02-03T04:05:06Z");
    FeatureTestDriver other = FeatureTestDriver.of(TAKINGS, start);
    assertThat(other.now()).isEqualTo(start);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> other.advance(Duration.ofMillis(-1)))
        .withMessageContaining("2015-02-03T04:05:05.999Z");
  }

  @Test
  void anEventLeavesItsWindowsAsTimePasses() {
    takings.feed(placed().with("price", 12.5));
    takings.feed(placed().with("price", 7));
    assertThat(takings.validUntil("7")).hasValue(takings.now().plus(Duration.ofMinutes(5)));

    takings.advance(Duration.ofMinutes(5).minusMillis(1));
    assertThat(takings.feature("7", "placed_5m")).hasValue(2);
    takings.advance(Duration.ofMillis(1));
    assertThat(takings.features("7"))
        .containsExactly(
            entry("placed_5m", 0.0),
            entry("placed_60m", 2.0),
            entry("price_sum_60m", 19.5),
            entry("price_mean_60m", 9.75));

    takings.advance(Duration.ofDays(1));
    assertThat(takings.features("7"))
        .containsExactly(
            entry("placed_5m", 0.0), entry("placed_60m", 0.0), entry("price_sum_60m", 0.0));
    assertThat(takings.validUntil("7")).isEmpty();
  }

  @Test
  void everyChangeIsPublishedAtItsInstant() {
    Instant start = takings.now();
    takings.feed(placed());
    takings.advance(Duration.ofHours(2));

    assertThat(takings.results())
        .extracting(FeatureResult::trigger)
        .containsExactly(Trigger.EVENT, Trigger.RECALCULATION, Trigger.RECALCULATION);
    assertThat(takings.results())
        .extracting(FeatureResult::computedAt)
        .containsExactly(
            start.toEpochMilli(),
            start.plus(Duration.ofMinutes(5)).toEpochMilli(),
            start.plus(Duration.ofHours(1)).toEpochMilli());
  }

  @Test
  void anEventThatComesAgainIsADuplicate() {
    TestEvent event = placed().id("once").with("itemId", "1").at(takings.now());

    assertThat(takings.feed(event)).isEqualTo(APPLIED);
    assertThat(takings.feed(event)).isEqualTo(DUPLICATE);
    assertThat(takings.feature("7", "placed_5m")).hasValue(1);
  }

  @Test
  void anEventThatNothingCanUseIsLate() {
    Instant tooOld = takings.now().minus(Duration.ofHours(1));
    assertThat(takings.feed(placed().at(tooOld))).isEqualTo(LATE);
    assertThat(takings.feed(placed().at(tooOld.plusMillis(1)))).isEqualTo(APPLIED);

    waiting.feed(served(10));
    waiting.feed(served(20));
    Instant before = waiting.now().minusSeconds(1);
    assertThat(waiting.feed(served(30).at(before))).isEqualTo(LATE);
  }

  @Test
  void whatDoesNotConcernTheGroupIsSkippedWithItsReason() {
    assertThat(takings.feed(served(1))).isEqualTo(new Outcome.Skipped(Skipped.OTHER_TYPE));
    assertThat(takings.feed(TestEvent.of(PLACED)))
        .isEqualTo(new Outcome.Skipped(Skipped.NO_ENTITY));
    assertThat(waiting.feed(TestEvent.of(SERVED).with("tableId", 7)))
        .isEqualTo(new Outcome.Skipped(Skipped.NO_VALUE));
    assertThat(takings.results()).isEmpty();
  }

  @Test
  void whatIsInvalidSaysWhy() {
    assertThat(takings.feed("{")).isInstanceOf(Outcome.Invalid.class);
    assertThat(takings.feed(placed().at(takings.now().plus(Duration.ofHours(2)))))
        .isInstanceOfSatisfying(
            Outcome.Invalid.class,
            invalid -> assertThat(invalid.reason()).isEqualTo(Reason.TOO_FAR_AHEAD));
    assertThat(takings.feed(placed().with("price", "dear")))
        .isInstanceOfSatisfying(
            Outcome.Invalid.class,
            invalid -> {
              assertThat(invalid.reason()).isEqualTo(Reason.WRONG_TYPE);
              assertThat(invalid.detail()).contains("price");
            });
  }

  @Test
  void jsonIsFedAsItIs() {
    assertThat(
            takings.feed(
                "{\"eventId\":\"1\",\"eventType\":\"PLACED\",\"occurredAt\":1767268800000,"
                    + "\"itemId\":1,\"tableId\":7,\"price\":0.1}"))
        .isEqualTo(APPLIED);
    assertThat(takings.feature("7", "price_sum_60m")).hasValue(0.1);
  }

  @Test
  void itemsMoveThroughTheirStages() {
    Lifecycle item = Lifecycle.named("item").by("itemId");
    Stage placed = item.stage("placed", PLACED);
    Stage served = item.stage("served", SERVED);
    FeatureTestDriver driver =
        FeatureTestDriver.of(
            FeatureGroup.named("hungry")
                .dimension(TABLE)
                .over(minutes(10), entered(served))
                .over(lookBack(Duration.ofHours(3)), open("unserved").since(placed).until(served))
                .build());

    driver.feed(placed().with("itemId", "a"));
    driver.feed(placed().with("itemId", "b"));
    assertThat(driver.feature("7", "unserved")).hasValue(2);

    driver.advance(Duration.ofMinutes(1));
    driver.feed(served(60).with("itemId", "a"));
    assertThat(driver.features("7"))
        .containsExactly(entry("served_10m", 1.0), entry("unserved", 1.0));

    driver.advance(Duration.ofHours(3));
    assertThat(driver.features("7"))
        .containsExactly(entry("served_10m", 0.0), entry("unserved", 0.0));
  }

  private static TestEvent placed() {
    return TestEvent.of(PLACED).with("tableId", 7);
  }

  /** An item that took so long, served now. */
  private TestEvent served(long seconds) {
    return TestEvent.of(SERVED)
        .with("tableId", "7")
        .with("placedAt", waiting.now().minusSeconds(seconds))
        .at(waiting.now());
  }
}
