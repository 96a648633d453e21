package dev.freshet.authoring.scaffold;

import dev.freshet.definition.EventType;
import dev.freshet.definition.Value;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.TestEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The events of a generated test: as code, and as events that show what the features then are. */
final class ExampleEvents {

  static final String ENTITY = "a";

  private final Blueprint blueprint;
  private final Word<EventType> type;
  private final Optional<Value> value;

  /** Events of the first type that carries all that the value needs. */
  ExampleEvents(Blueprint blueprint) {
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

  Word<EventType> type() {
    return type;
  }

  /** How the parameter of the method that makes an event is declared; none without a value. */
  String parameter() {
    return value
        .map(each -> each instanceof Value.Seconds ? "long seconds" : "long amount")
        .orElse("");
  }

  /** The method's body. */
  String code() {
    return JavaText.chain(4, "return TestEvent.of(" + type.constant() + ")", calls()) + ";";
  }

  private List<String> calls() {
    List<String> calls = new ArrayList<>();
    calls.add(with(blueprint.dimension().meaning().member(), JavaText.literal(ENTITY)));
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

  /** The event that the method makes of a number. */
  TestEvent event(FeatureTestDriver driver, long number) {
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
}
