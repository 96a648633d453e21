package dev.freshet.examples;

import static dev.freshet.testdriver.FeatureTestDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.DeclarationOracle;
import dev.freshet.oracle.ExampleGroup;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** Feeds a history to the test driver, and compares every entity with the oracle as time passes. */
final class ExampleRun {

  /** That of the driver. */
  private static final Duration TIME_TO_LIVE = Duration.ofDays(90);

  private final FeatureGroup group;
  private final DeclarationOracle oracle;
  private final FeatureTestDriver driver;
  private final Random random;
  private final String run;
  private int checked;

  ExampleRun(ExampleGroup example, long seed) {
    this.group = Examples.group(example);
    this.oracle = example.oracle(TIME_TO_LIVE);
    this.driver = FeatureTestDriver.of(group, START.minus(Duration.ofHours(2)));
    this.random = new Random(seed);
    this.run = "seed %d of %s".formatted(seed, example);
  }

  /** Returns the number of comparisons. */
  int checked() {
    return checked;
  }

  void play(List<Arrival> arrivals) {
    for (Arrival each : arrivals) {
      advanceTo(Math.max(each.atMillis(), driver.now().toEpochMilli()));
      Outcome outcome = driver.feed(each.json());
      assertThat(outcome).as("%s, %s", each, run).isNotInstanceOf(Outcome.Invalid.class);
      OracleEvent event = OracleEvent.parse(each.json());
      oracle.saw(event, driver.now().toEpochMilli());
      checkAll();
    }
    advanceTo(driver.now().plus(Duration.ofDays(100)).toEpochMilli());
    assertThat(oracle.entities()).as(run).hasSizeGreaterThan(1);
    assertThat(oracle.entities()).as(run).noneMatch(each -> validUntil(each).isPresent());
  }

  /** Stops at instants at which features change, or a millisecond before, and at any others. */
  private void advanceTo(long millis) {
    for (int stops = random.nextInt(3); stops > 0; stops--) {
      long now = driver.now().toEpochMilli();
      OptionalLong change =
          oracle.entities().stream().flatMapToLong(each -> validUntil(each).stream()).min();
      long stop =
          random.nextBoolean() && change.isPresent()
              ? change.getAsLong() - random.nextInt(2)
              : now + (long) (random.nextDouble() * (millis - now));
      driver.advanceTo(Instant.ofEpochMilli(Math.max(now, Math.min(stop, millis))));
      checkAll();
    }
    driver.advanceTo(Instant.ofEpochMilli(millis));
  }

  private void checkAll() {
    oracle.entities().forEach(this::check);
  }

  private void check(String entity) {
    checked++;
    long now = driver.now().toEpochMilli();
    Map<String, Object> found = found(entity);
    assertThat(oracle.difference(found, entity, now))
        .as("%s at %s, %s", entity, driver.now(), run)
        .isNull();
    if (random.nextInt(6) == 0) {
      assertThat(oracle.isValidUntil(validUntil(entity), entity, now))
          .as("%s of %s at %s, %s, %s", validUntil(entity), entity, driver.now(), found, run)
          .isTrue();
    }
  }

  private Map<String, Object> found(String entity) {
    Map<String, Object> found = new HashMap<>(driver.features(entity));
    for (Feature each : group.features()) {
      driver.text(entity, each.name()).ifPresent(text -> found.put(each.name(), text));
    }
    return found;
  }

  private OptionalLong validUntil(String entity) {
    Optional<Instant> instant = driver.validUntil(entity);
    return instant.isPresent()
        ? OptionalLong.of(instant.get().toEpochMilli())
        : OptionalLong.empty();
  }
}
