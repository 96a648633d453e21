package dev.freshet.authoring.scaffold;

import dev.freshet.authoring.Template;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.input.Input;
import dev.freshet.result.FeatureResult;
import dev.freshet.testdriver.FeatureTestDriver;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The test of a new feature group, with the test driver: what its features are of ten events, what
 * an event is that comes again, and what time does to a window.
 */
final class GeneratedTest {

  /** In no order, and enough for every transformation. */
  private static final List<Long> NUMBERS =
      List.of(30L, 60L, 45L, 90L, 20L, 75L, 50L, 120L, 40L, 70L);

  private final Blueprint blueprint;
  private final Optional<Input> value;
  private final Word<EventType> type;
  private final GeneratedEvent event;
  private final String entity;

  /** Its events are of the first type that carries all that the value needs. */
  private GeneratedTest(Blueprint blueprint) {
    this.blueprint = blueprint;
    this.value = blueprint.value().map(Call::made).filter(input -> !input.paths().isEmpty());
    this.type =
        blueprint.eventTypes().stream()
            .filter(each -> value.stream().allMatch(wanted -> carries(each.meaning(), wanted)))
            .findFirst()
            .orElseThrow();
    this.event =
        new GeneratedEvent(
            type.meaning(), blueprint.dimension().meaning(), value, blueprint.filter());
    this.entity = entity(blueprint.dimension().meaning());
  }

  private static boolean carries(EventType type, Input value) {
    return value.paths().stream().allMatch(type::carries);
  }

  private static String entity(Entity entity) {
    return entity.members().isEmpty()
        ? Entity.ALL
        : entity.members().stream()
            .map(member -> GeneratedEvent.ENTITY)
            .collect(Collectors.joining("|"));
  }

  static String of(Blueprint blueprint) {
    return new Template(GeneratedTest.class, "HandlerTest.java.txt")
        .of(new GeneratedTest(blueprint).model());
  }

  private Map<String, Object> model() {
    Map<String, Object> model = new HashMap<>();
    model.put("type", type.constant());
    model.put("className", blueprint.className());
    model.put(
        "driver",
        Layout.field(
            "private final EntityDriver driver",
            "EntityDriver.of(%s.FEATURES, \"%s\");".formatted(blueprint.className(), entity)));
    String numbers = NUMBERS.stream().map(String::valueOf).collect(Collectors.joining(", "));
    model.put(
        "feed",
        value.isPresent()
            ? "driver.feedEach(this::event, " + numbers + ");"
            : "driver.feedTimes(" + NUMBERS.size() + ", this::event);");
    model.put("first", value.isPresent() ? NUMBERS.get(0) : "");
    model.put("expected", expected());
    model.put("window", blueprint.group().movesWithTime() ? window() : false);
    model.put("parameter", value.map(each -> "long " + GeneratedEvent.parameter(each)).orElse(""));
    model.put(
        "event",
        Layout.chain(4, "return TestEvent.of(" + type.constant() + ")", event.calls(), ";"));
    return model;
  }

  /** The features that the engine computes from the ten events: {@code "name", value}. */
  private List<String> expected() {
    FeatureTestDriver driver = FeatureTestDriver.of(blueprint.group());
    for (long number : NUMBERS) {
      driver.feed(event.of(driver.now(), number));
      driver.advance(Duration.ofSeconds(1));
    }
    List<FeatureResult> results = driver.results();
    return results.isEmpty()
        ? List.of()
        : results.get(results.size() - 1).features().stream()
            .map(each -> "%s, %s".formatted(Layout.literal(each.name()), literal(each)))
            .toList();
  }

  private static String literal(FeatureResult.FeatureValue feature) {
    return feature.text() == null
        ? String.valueOf(feature.value())
        : Layout.literal(feature.text());
  }

  /**
   * The end of the shortest window, and the first number that changes there; false if the features
   * are texts.
   */
  private Object window() {
    FeatureTestDriver driver = FeatureTestDriver.of(blueprint.group());
    driver.feed(event.of(driver.now(), NUMBERS.get(0)).at(driver.now()));
    Duration length = Duration.between(driver.now(), driver.validUntil(entity).orElseThrow());
    driver.advance(length.minusMillis(1));
    Map<String, Double> before = driver.features(entity);
    driver.advance(Duration.ofMillis(1));
    Map<String, Double> after = driver.features(entity);
    Optional<String> feature =
        before.keySet().stream()
            .filter(name -> !before.get(name).equals(after.get(name)))
            .findFirst();
    if (feature.isEmpty()) {
      return false;
    }
    String name = Layout.literal(feature.get());
    List<String> held = List.of(duration(length), name, before.get(feature.get()).toString());
    return Map.of(
        "held",
        Layout.call(4, "driver.expectFor(", held, ");"),
        "changed",
        after.containsKey(feature.get())
            ? "driver.expect(%s, %s);".formatted(name, after.get(feature.get()))
            : "driver.expectNone(%s);".formatted(name));
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
}
