package dev.freshet.authoring.scaffold;

import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.Outcome;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The test of a new feature group, with the test driver: what its features are of ten events, what
 * an event is that comes again, and what time does to a window.
 */
final class TestSource {

  /** In no order, and enough for every transformation. */
  private static final List<Long> NUMBERS =
      List.of(30L, 60L, 45L, 90L, 20L, 75L, 50L, 120L, 40L, 70L);

  private static final Duration PACE = Duration.ofSeconds(1);

  private final Blueprint blueprint;
  private final ExampleEvents events;

  private TestSource(Blueprint blueprint) {
    this.blueprint = blueprint;
    this.events = new ExampleEvents(blueprint);
  }

  static String of(Blueprint blueprint) {
    return new TestSource(blueprint).text();
  }

  private String text() {
    return """
        package %s;

        %s
        %s
        class %sTest {

        %s

          /** Computed when this test was written: see that they are what you mean. */
          @Test
          void theFeaturesOfTenEvents() {
        %s
            assertThat(driver.features("a")).hasSize(%d);
        %s  }

          @Test
          void anEventThatComesAgainIsOneEvent() {
            TestEvent event = event(%s).id("once").item("1").at(driver.now());
            driver.feed(event);
            Map<String, Double> features = driver.features("a");

            assertThat(driver.feed(event)).isEqualTo(Outcome.DUPLICATE);
            assertThat(driver.features("a")).isEqualTo(features);
          }
        %s
          private void assertFeature(String name, double value) {
            assertThat(driver.feature("a", name)).hasValueCloseTo(value, within(1e-9));
          }

          private TestEvent event(%s) {
        %s
          }
        }
        """
        .formatted(
            HandlerSource.PACKAGE,
            JavaText.staticImports(staticImports()),
            JavaText.imports(imports()),
            blueprint.className(),
            driver(),
            feeding(),
            expected().size(),
            assertions(),
            number(0),
            blueprint.hasTimeWindows() ? leaving() : "",
            events.parameter(),
            events.code());
  }

  private String driver() {
    return JavaText.field(
        2,
        "private final FeatureTestDriver driver",
        "FeatureTestDriver.of(%s.FEATURES);".formatted(blueprint.className()));
  }

  private String feeding() {
    String feed =
        """
                driver.feed(event(%s));
                driver.advance(Duration.ofSeconds(1));
              }
          """;
    return hasValue()
        ? "    for (long each : new long[] {%s}) {\n".formatted(numbers()) + feed.formatted("each")
        : "    for (int i = 0; i < 10; i++) {\n" + feed.formatted("");
  }

  private static String numbers() {
    return NUMBERS.stream().map(Object::toString).collect(Collectors.joining(", "));
  }

  private String assertions() {
    return expected().entrySet().stream()
        .map(each -> "    assertFeature(\"%s\", %s);\n".formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining());
  }

  /** What the engine makes of the ten events. */
  private Map<String, Double> expected() {
    FeatureTestDriver driver = FeatureTestDriver.of(blueprint.group());
    for (long number : NUMBERS) {
      driver.feed(events.event(driver, number));
      driver.advance(PACE);
    }
    return new LinkedHashMap<>(driver.features(ExampleEvents.ENTITY));
  }

  /** A test of the shortest window's first feature. */
  private String leaving() {
    FeatureTestDriver driver = FeatureTestDriver.of(blueprint.group());
    driver.feed(events.event(driver, NUMBERS.get(0)).at(driver.now()));
    Duration window =
        Duration.between(driver.now(), driver.validUntil(ExampleEvents.ENTITY).orElseThrow());
    driver.advance(window.minusMillis(1));
    Map<String, Double> before = driver.features(ExampleEvents.ENTITY);
    driver.advance(Duration.ofMillis(1));
    Map<String, Double> after = driver.features(ExampleEvents.ENTITY);
    String feature =
        before.keySet().stream()
            .filter(name -> !before.get(name).equals(after.get(name)))
            .findFirst()
            .orElseThrow();
    return """

          @Test
          void anEventLeavesItsWindowExactlyAtItsEnd() {
            driver.feed(event(%s).at(driver.now()));

            driver.advance(%s.minusMillis(1));
            assertThat(driver.feature("a", "%s")).hasValue(%s);
            driver.advance(Duration.ofMillis(1));
            assertThat(driver.feature("a", "%s")).%s;
          }
        """
        .formatted(
            number(0),
            duration(window),
            feature,
            before.get(feature),
            feature,
            after.containsKey(feature) ? "hasValue(" + after.get(feature) + ")" : "isEmpty()");
  }

  /** In the largest unit that it is a whole number of, as the build demands. */
  private static String duration(Duration duration) {
    for (ChronoUnit unit : List.of(ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES)) {
      if (duration.toMillis() % unit.getDuration().toMillis() == 0) {
        return "Duration.of%s(%d)".formatted(unit, duration.dividedBy(unit.getDuration()));
      }
    }
    return "Duration.ofSeconds(%d)".formatted(duration.toSeconds());
  }

  private String number(int index) {
    return hasValue() ? NUMBERS.get(index).toString() : "";
  }

  private boolean hasValue() {
    return blueprint.value().isPresent();
  }

  private Set<String> staticImports() {
    return new TreeSet<>(
        List.of(
            Vocabulary.CLASS + "." + events.type().constant(),
            "org.assertj.core.api.Assertions.assertThat",
            "org.assertj.core.api.Assertions.within"));
  }

  private static Set<String> imports() {
    return new TreeSet<>(
        List.of(
            FeatureTestDriver.class.getName(),
            Outcome.class.getName(),
            TestEvent.class.getName(),
            Duration.class.getName(),
            Map.class.getName(),
            "org.junit.jupiter.api.Test"));
  }
}
