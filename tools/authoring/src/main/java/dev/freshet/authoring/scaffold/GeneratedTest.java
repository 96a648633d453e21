package dev.freshet.authoring.scaffold;

import dev.freshet.authoring.Template;
import dev.freshet.definition.EventType;
import dev.freshet.definition.Value;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.TestEvent;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
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

  private static final String ENTITY = "a";

  /** In no order, and enough for every transformation. */
  private static final List<Long> NUMBERS =
      List.of(30L, 60L, 45L, 90L, 20L, 75L, 50L, 120L, 40L, 70L);

  private final Blueprint blueprint;
  private final Optional<Value> value;
  private final Word<EventType> type;

  /** Its events are of the first type that carries all that the value needs. */
  private GeneratedTest(Blueprint blueprint) {
    this.blueprint = blueprint;
    this.value = blueprint.value().map(Call::made);
    this.type =
        blueprint.eventTypes().stream()
            .filter(each -> value.stream().allMatch(wanted -> carries(each.meaning(), wanted)))
            .findFirst()
            .orElseThrow();
  }

  private static boolean carries(EventType type, Value value) {
    return value.members().stream().allMatch(type::carries);
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
            "EntityDriver.of(%s.FEATURES, \"%s\");".formatted(blueprint.className(), ENTITY)));
    String numbers = NUMBERS.stream().map(String::valueOf).collect(Collectors.joining(", "));
    model.put(
        "feed",
        value.isPresent()
            ? "driver.feedEach(this::event, " + numbers + ");"
            : "driver.feedTimes(" + NUMBERS.size() + ", this::event);");
    model.put("first", value.isPresent() ? NUMBERS.get(0) : "");
    model.put("expected", expected());
    model.put("window", blueprint.group().movesWithTime() ? window() : false);
    model.put("parameter", value.map(each -> "long " + parameter(each)).orElse(""));
    model.put(
        "event", Layout.chain(4, "return TestEvent.of(" + type.constant() + ")", members(), ";"));
    return model;
  }

  /** The features that the engine computes from the ten events: {@code "name", value}. */
  private List<String> expected() {
    FeatureTestDriver driver = FeatureTestDriver.of(blueprint.group());
    for (long number : NUMBERS) {
      driver.feed(event(driver, number));
      driver.advance(Duration.ofSeconds(1));
    }
    return driver.features(ENTITY).entrySet().stream()
        .map(each -> "\"%s\", %s".formatted(each.getKey(), each.getValue()))
        .toList();
  }

  /** The end of the shortest window, and the first feature that changes there. */
  private Map<String, Object> window() {
    FeatureTestDriver driver = FeatureTestDriver.of(blueprint.group());
    driver.feed(event(driver, NUMBERS.get(0)).at(driver.now()));
    Duration length = Duration.between(driver.now(), driver.validUntil(ENTITY).orElseThrow());
    driver.advance(length.minusMillis(1));
    Map<String, Double> before = driver.features(ENTITY);
    driver.advance(Duration.ofMillis(1));
    Map<String, Double> after = driver.features(ENTITY);
    String feature =
        before.keySet().stream()
            .filter(name -> !before.get(name).equals(after.get(name)))
            .findFirst()
            .orElseThrow();
    String name = Layout.literal(feature);
    List<String> held = List.of(duration(length), name, before.get(feature).toString());
    return Map.of(
        "held",
        Layout.call(4, "driver.expectFor(", held, ");"),
        "changed",
        after.containsKey(feature)
            ? "driver.expect(%s, %s);".formatted(name, after.get(feature))
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

  private static String parameter(Value value) {
    return value instanceof Value.Seconds ? "seconds" : "amount";
  }

  /** The event that {@link #members} makes of a number. */
  private TestEvent event(FeatureTestDriver driver, long number) {
    TestEvent event =
        TestEvent.of(type.meaning()).with(blueprint.dimension().meaning().member(), ENTITY);
    if (value.isEmpty()) {
      return event;
    }
    return value.get() instanceof Value.Seconds seconds
        ? event
            .with(seconds.fromMember(), driver.now().minusSeconds(number))
            .with(seconds.toMember(), driver.now())
        : event.with(value.get().members().get(0), number);
  }

  private List<String> members() {
    List<String> calls = new ArrayList<>();
    calls.add(with(blueprint.dimension().meaning().member(), Layout.literal(ENTITY)));
    value.ifPresent(
        each -> {
          if (each instanceof Value.Seconds seconds) {
            calls.add(with(seconds.fromMember(), "driver.now().minusSeconds(seconds)"));
            calls.add(with(seconds.toMember(), "driver.now()"));
          } else {
            calls.add(with(each.members().get(0), "amount"));
          }
        });
    return calls;
  }

  private static String with(String member, String argument) {
    return ".with(\"%s\", %s)".formatted(member, argument);
  }
}
