package dev.freshet.contract;

import static dev.freshet.testing.TestEvents.HOUR;
import static dev.freshet.testing.TestEvents.MINUTE;
import static dev.freshet.testing.TestEvents.NOON;
import static dev.freshet.testing.TestEvents.stage;
import static dev.freshet.testing.TestEvents.value;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.Event;
import dev.freshet.testing.TimelineDriver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Steps of events and of time alone, with duplicates, events ahead, late events and many of one
 * instant; the same for the same seed.
 */
public final class RandomHistory {

  /** One step. */
  public record Step(long nowMillis, List<Event> events) {}

  private static final int STEPS = 40;

  private final int seed;
  private final List<Step> steps = new ArrayList<>();

  private RandomHistory(int seed, Function<Random, Function<Long, Event>> kind) {
    this.seed = seed;
    Random random = new Random(seed);
    Function<Long, Event> newEvent = kind.apply(random);
    List<Event> sent = new ArrayList<>();
    long now = NOON;
    for (int step = 0; step < STEPS; step++) {
      List<Event> events = new ArrayList<>();
      for (int i = random.nextInt(5); i > 0; i--) {
        boolean again = !sent.isEmpty() && random.nextInt(5) == 0;
        Event event = again ? sent.get(random.nextInt(sent.size())) : newEvent.apply(now);
        sent.add(event);
        events.add(event);
      }
      steps.add(new Step(now, events));
      now += pause(random);
    }
  }

  /** Half minutes, so that many instants coincide; sometimes a millisecond off or a long while. */
  private static long pause(Random random) {
    return switch (random.nextInt(8)) {
      case 0 -> 0;
      case 1 -> 1;
      case 2 -> MINUTE - 1;
      case 3 -> random.nextInt(5) == 0 ? 5 * HOUR : 29 * MINUTE;
      default -> random.nextInt(8) * MINUTE / 2;
    };
  }

  public static RandomHistory ofDemand(int seed) {
    return new RandomHistory(
        seed,
        random ->
            now -> {
              long at = now + (random.nextInt(150) - 130) * MINUTE / 2;
              long micros = random.nextInt(3) == 0 ? Event.NO_VALUE : micros(random);
              return value("e" + random.nextInt(1 << 30), at, micros);
            });
  }

  private static long micros(Random random) {
    return random.nextBoolean() ? 12_500_000 : random.nextLong() % 999_999_999_999_999L;
  }

  public static RandomHistory ofItems(int seed) {
    return new RandomHistory(
        seed,
        random ->
            now -> {
              // The stages of one item lie within 50 minutes of each other: clocks do not differ
              // by more than the skew that a timeline allows for.
              int slot = random.nextInt(12);
              long base = now - now % (50 * MINUTE) - random.nextInt(2) * 50L * MINUTE;
              long at = base + random.nextInt(100) * MINUTE / 2;
              return stage("o" + slot + "/" + base, random.nextInt(4), at);
            });
  }

  public List<Step> steps() {
    return steps;
  }

  /** Features and the end of their validity must be the model's after every step. */
  void check(TimelineDriver driver, NaiveTimeline model) {
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      step.events().forEach(model::add);
      driver.at(step.nowMillis(), onTime(driver, step));
      assertThat(driver.features())
          .as("features: seed %d, step %d", seed, i)
          .isEqualTo(model.features(step.nowMillis()));
      assertThat(driver.validUntil())
          .as("valid until: seed %d, step %d", seed, i)
          .isEqualTo(model.validUntil(step.nowMillis()));
    }
  }

  /** The engine keeps late events from the store; the model knows them all the same. */
  public static Event[] onTime(TimelineDriver driver, Step step) {
    return step.events().stream()
        .filter(event -> driver.group().kindsFor(event, step.nowMillis(), Duration.ofDays(90)) != 0)
        .toArray(Event[]::new);
  }
}
