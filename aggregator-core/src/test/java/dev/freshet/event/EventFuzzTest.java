package dev.freshet.event;

import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.testing.EventJson;
import dev.freshet.testing.Frugality;
import dev.freshet.testing.Mutations;
import dev.freshet.testing.SlowJson;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests mutated events: the parser gives the same outcome as the slow parser for any bytes, and
 * never throws. {@code -Dfreshet.seed=N} runs one input alone.
 */
class EventFuzzTest {

  private int events;

  @Test
  void mutatedEventsHaveTheOutcomeOfTheSlowParser() {
    runUnlessOneIsAskedFor(1, 1_000);
  }

  @Test
  @Tag("verify")
  void nineThousandMoreOfThem() {
    runUnlessOneIsAskedFor(1_001, 9_000);
  }

  /** Runs other inputs each night. */
  @Test
  @Tag("nightly")
  void halfAMillionMoreInputs() {
    run(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000, 500_000);
  }

  private void runUnlessOneIsAskedFor(long first, int inputs) {
    Long seed = Long.getLong("freshet.seed");
    run(seed == null ? first : seed, seed == null ? inputs : 1);
  }

  private void run(long first, int inputs) {
    long start = System.nanoTime();
    for (long seed = first; seed < first + inputs; seed++) {
      boolean durations = seed % 2 == 0;
      check(
          seed,
          durations ? Judging.DURATIONS : Judging.AMOUNTS,
          durations ? Judging.delivery() : Judging.created());
    }
    System.out.printf(
        "%,d harmed events, seeds from %d: %,d still valid, %d ms%n",
        inputs, first, events, Duration.ofNanos(System.nanoTime() - start).toMillis());
    assertThat(events).isGreaterThanOrEqualTo(inputs / 10);
  }

  private void check(long seed, FeatureGroup group, EventJson valid) {
    byte[] data = new Mutations(seed).of(valid.members());
    EventParser parser = new EventParser(group);
    String what =
        "seed %d, %s".formatted(seed, new String(data, 0, Math.min(data.length, 2_000), UTF_8));
    try {
      ParsedRecord judgement =
          Frugality.run(data.length, () -> parser.parse(ByteBuffer.wrap(data), NOON));
      Optional<Event> event =
          judgement instanceof Event found ? Optional.of(found) : Optional.empty();
      assertThat(event).as(what).isEqualTo(new SlowEventParser(group, NOON).parse(data));
      events += event.isPresent() ? 1 : 0;
      if (judgement instanceof Rejection rejection) {
        checkReason(rejection, data, what);
      }
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(what, e);
    }
  }

  private static void checkReason(Rejection rejection, byte[] data, String what) {
    assertThat(rejection.detail().length()).as(what).isBetween(1, 400);
    if (rejection.reason() == Reason.TOO_LARGE) {
      assertThat(data.length).as(what).isGreaterThan(256 * 1024);
      return;
    }
    Optional<JsonNode> json = SlowJson.read(SlowEventParser.withoutMark(data));
    assertThat(json.isEmpty()).as(what).isEqualTo(rejection.reason() == Reason.NOT_JSON);
    json.ifPresent(
        tree ->
            assertThat(tree.isObject())
                .as(what)
                .isNotEqualTo(rejection.reason() == Reason.NOT_AN_OBJECT));
  }
}
