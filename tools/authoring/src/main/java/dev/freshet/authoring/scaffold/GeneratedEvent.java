package dev.freshet.authoring.scaffold;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import dev.freshet.testdriver.TestEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An event of a generated test, made of a number: as an object, and as the code that makes it. It
 * has the entity, the value, and what the filter wants.
 */
record GeneratedEvent(
    EventType type, Entity entity, Optional<Input> value, Optional<Call<Filter>> filter) {

  /** The value of each member of the entity. */
  static final String ENTITY = "a";

  GeneratedEvent {
    if (value.isPresent() && filter.isPresent()) {
      List<String> paths = value.get().paths();
      filter.get().made().inputs().stream()
          .flatMap(input -> input.paths().stream())
          .filter(paths::contains)
          .findFirst()
          .ifPresent(
              path -> {
                throw new IllegalArgumentException(
                    "the filter compares the value itself, %s: write such a declaration yourself"
                        .formatted(path));
              });
    }
  }

  static String parameter(Input value) {
    return value instanceof Input.Seconds || value instanceof Input.Instant
        ? "seconds"
        : isNumber(value) ? "amount" : "number";
  }

  private static boolean isNumber(Input value) {
    return value instanceof Input.Amount || value instanceof Input.Decimal;
  }

  /** The event that {@link #calls} makes of a number. */
  TestEvent of(Instant now, long number) {
    TestEvent event = TestEvent.of(type);
    for (String member : entity.members()) {
      event = event.with(member, ENTITY);
    }
    if (value.isPresent()) {
      event = withValue(event, value.get(), now, number);
    }
    return filter.isPresent() ? withFiltered(event, filter.get().made()) : event;
  }

  private static TestEvent withValue(TestEvent event, Input value, Instant now, long number) {
    String path = value.paths().get(0);
    if (value instanceof Input.Seconds seconds) {
      return event.with(seconds.from(), now.minusSeconds(number)).with(seconds.to(), now);
    } else if (value instanceof Input.Instant) {
      return event.with(path, now.minusSeconds(number));
    } else if (value instanceof Input.Flag) {
      return event.with(path, number > 50);
    }
    return value.isText() ? event.with(path, "text " + number) : event.with(path, number);
  }

  private static TestEvent withFiltered(TestEvent event, Filter filter) {
    if (filter instanceof Filter.OneOf text) {
      return event.with(text.input().paths().get(0), passing(text));
    } else if (filter instanceof Filter.Compare number) {
      String path = number.input().paths().get(0);
      return number.input() instanceof Input.Flag
          ? event.with(path, number.bound().signum() != 0)
          : event.with(path, passing(number));
    } else if (filter instanceof Filter.Not not && not.filter() instanceof Filter.Absent absent) {
      return event.with(absent.path(), "present");
    }
    return event;
  }

  private static String passing(Filter.OneOf text) {
    String named = text.texts().iterator().next();
    return text.equal() ? named : "not " + named;
  }

  private static double passing(Filter.Compare number) {
    BigDecimal bound = number.bound();
    return switch (number.comparison()) {
      case ABOVE -> bound.add(BigDecimal.ONE).doubleValue();
      case BELOW -> bound.subtract(BigDecimal.ONE).doubleValue();
      default -> bound.doubleValue();
    };
  }

  /** The calls that set the members: {@code .with("tableId", "a")}. */
  List<String> calls() {
    List<String> calls = new ArrayList<>();
    entity.members().forEach(member -> calls.add(with(member, Layout.literal(ENTITY))));
    value.ifPresent(input -> addValue(input, calls));
    filter.map(Call::made).ifPresent(passed -> addFiltered(passed, calls));
    return calls;
  }

  private static void addValue(Input value, List<String> calls) {
    String path = value.paths().get(0);
    if (value instanceof Input.Seconds seconds) {
      calls.add(with(seconds.from(), "driver.now().minusSeconds(seconds)"));
      calls.add(with(seconds.to(), "driver.now()"));
    } else if (value instanceof Input.Instant) {
      calls.add(with(path, "driver.now().minusSeconds(seconds)"));
    } else if (value instanceof Input.Flag) {
      calls.add(with(path, "number > 50"));
    } else {
      calls.add(with(path, value.isText() ? "\"text \" + number" : "amount"));
    }
  }

  private static void addFiltered(Filter filter, List<String> calls) {
    if (filter instanceof Filter.OneOf text) {
      calls.add(with(text.input().paths().get(0), Layout.literal(passing(text))));
    } else if (filter instanceof Filter.Compare number) {
      boolean isFlag = number.input() instanceof Input.Flag;
      String passed = String.valueOf(passing(number));
      calls.add(
          with(
              number.input().paths().get(0),
              isFlag ? String.valueOf(number.bound().signum() != 0) : passed));
    } else if (filter instanceof Filter.Not not && not.filter() instanceof Filter.Absent absent) {
      calls.add(with(absent.path(), "\"present\""));
    }
  }

  private static String with(String member, String argument) {
    return ".with(\"%s\", %s)".formatted(member, argument);
  }
}
