package dev.freshet.testdriver;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.result.FeatureResult.FeatureValue;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Tests a feature group with the events of one entity: events in, expected features out. An
 * expectation that is not met is an {@link AssertionError}.
 *
 * <pre>{@code
 * EntityDriver driver = EntityDriver.of(TableRatingsHandler.FEATURES, "7");
 * driver.feed(TestEvent.of(TABLE_RATED).with("tableId", "7").with("stars", 4.5));
 * driver.expectFor(Duration.ofMinutes(5), "ratings_5m", 1);
 * driver.expect("ratings_5m", 0);
 * }</pre>
 */
public final class EntityDriver {

  private static final double TOLERANCE = 1e-9;

  private final FeatureTestDriver driver;
  private final String entity;
  private final Set<String> expected = new HashSet<>();

  private EntityDriver(FeatureTestDriver driver, String entity) {
    this.driver = driver;
    this.entity = entity;
  }

  /** Creates a driver of an entity without state, at {@link FeatureTestDriver#START}. */
  public static EntityDriver of(FeatureGroup group, String entity) {
    return new EntityDriver(FeatureTestDriver.of(group), entity);
  }

  public Instant now() {
    return driver.now();
  }

  /** Moves the clock forward; features change as they do online. */
  public void advance(Duration time) {
    driver.advance(time);
  }

  /** Feeds an event that arrives now and must be applied. */
  public void feed(TestEvent event) {
    require(driver.feed(event), Outcome.APPLIED, event);
  }

  /** Feeds an event for each number; after each, the clock moves by a second. */
  public void feedEach(LongFunction<TestEvent> event, long... numbers) {
    for (long number : numbers) {
      feed(event.apply(number));
      advance(Duration.ofSeconds(1));
    }
  }

  /** Feeds a number of events; after each, the clock moves by a second. */
  public void feedTimes(int times, Supplier<TestEvent> event) {
    feedEach(number -> event.get(), new long[times]);
  }

  /** Feeds an event twice: the second time it must be a duplicate and change no feature. */
  public void feedTwice(TestEvent event) {
    TestEvent once = event.complete(0, now());
    feed(once);
    List<FeatureValue> before = driver.values(entity);
    require(driver.feed(once), Outcome.DUPLICATE, once);
    require(driver.values(entity), before, once);
  }

  /** Expects a feature to have a value now. */
  public void expect(String feature, double value) {
    expect(feature, value, TOLERANCE);
  }

  private void expect(String feature, double value, double tolerance) {
    expected.add(feature);
    Double found = features().get(feature);
    if (found == null || Math.abs(found - value) > tolerance) {
      throw new AssertionError(
          "%s of %s is %s, not %s, among %s".formatted(feature, entity, found, value, features()));
    }
  }

  /** Expects an estimate to differ from a value by at most that share of it now. */
  public void expectAbout(String feature, double value, double share) {
    expect(feature, value, Math.abs(value) * share);
  }

  /** Expects a feature to be a text now. */
  public void expect(String feature, String text) {
    expected.add(feature);
    require(driver.text(entity, feature).orElse(null), text, feature + " of " + entity);
  }

  /** Expects a feature to have a value for exactly so long, and moves the clock to the end. */
  public void expectFor(Duration time, String feature, double value) {
    advance(time.minusMillis(1));
    expect(feature, value);
    advance(Duration.ofMillis(1));
    if (features().getOrDefault(feature, Double.NaN) == value) {
      throw new AssertionError("%s of %s is still %s".formatted(feature, entity, value));
    }
  }

  /** Expects a feature to have no value now. */
  public void expectNone(String feature) {
    require(driver.feature(entity, feature).isPresent(), false, feature + " in " + features());
  }

  /** Expects the entity to have no features other than those expected so far. */
  public void expectNoOther() {
    Set<String> names =
        driver.values(entity).stream().map(FeatureValue::name).collect(Collectors.toSet());
    require(names, expected, "the features of " + entity);
  }

  private Map<String, Double> features() {
    return driver.features(entity);
  }

  private static void require(Object found, Object expected, Object what) {
    if (!Objects.equals(found, expected)) {
      throw new AssertionError("%s, not %s: %s".formatted(found, expected, what));
    }
  }
}
