package dev.freshet.event;

import static dev.freshet.testing.TestEvents.NOON;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.testing.Frugality;
import dev.freshet.testing.Mutations;
import dev.freshet.testing.SlowJson;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Tests mutated events of the platform's own format and of random ones: the parser gives the same
 * outcome as the slow parser for any bytes, and never throws. {@code -Dfreshet.seed=N} runs one
 * input alone.
 */
class EventFuzzTest {

  private int events;

  @Test
  void mutatedEventsHaveTheOutcomeOfTheSlowParser() {
    runUnlessOneIsAskedFor(1, 2_000);
  }

  @Test
  @Tag("verify")
  void eighteenThousandMoreOfThem() {
    runUnlessOneIsAskedFor(2_001, 18_000);
  }

  @Test
  void severalGroupsHaveTheOutcomesThatEachHasAlone() {
    int different = 0;
    for (long seed = 1; seed <= 3_000; seed++) {
      RandomIntake any = new RandomIntake(seed);
      Intake[] groups = {any.intake, any.another(), any.another()};
      ByteBuffer data = ByteBuffer.wrap(new Mutations(seed).of(any.event()));
      ParsedRecord[] outcomes = new EventParser(groups).parseForEach(any.stream, data, NOON);
      assertThat(outcomes).hasSize(groups.length);
      for (int i = 0; i < groups.length; i++) {
        assertThat(Judging.outcome(outcomes[i]))
            .as("seed %d, group %d", seed, i)
            .isEqualTo(Judging.outcome(new EventParser(groups[i]).parse(any.stream, data, NOON)));
        different += outcomes[i].getClass() == outcomes[0].getClass() ? 0 : 1;
      }
    }
    assertThat(different).as("groups that judge an event differently").isGreaterThan(300);
  }

  /** Runs other inputs each night. */
  @Test
  @Tag("nightly")
  void aMillionMoreInputs() {
    run(LocalDate.now(ZoneOffset.UTC).toEpochDay() * 1_000_000, 1_000_000);
  }

  private void runUnlessOneIsAskedFor(long first, int inputs) {
    Long seed = Long.getLong("freshet.seed");
    run(seed == null ? first : seed, seed == null ? inputs : 1);
  }

  private void run(long first, int inputs) {
    long start = System.nanoTime();
    for (long seed = first; seed < first + inputs; seed++) {
      if (seed % 4 == 0) {
        check(seed, Judging.DURATIONS, "", Judging.delivery().members());
      } else if (seed % 4 == 1) {
        check(seed, Judging.AMOUNTS, "", Judging.created().members());
      } else {
        RandomIntake any = new RandomIntake(seed);
        check(seed, any.intake, any.stream, any.event());
      }
    }
    System.out.printf(
        "%,d harmed events, seeds from %d: %,d still valid, %d ms%n",
        inputs, first, events, Duration.ofNanos(System.nanoTime() - start).toMillis());
    assertThat(events).isGreaterThanOrEqualTo(inputs / 10);
  }

  private void check(long seed, Intake intake, String stream, Map<String, String> valid) {
    byte[] data = new Mutations(seed).of(valid);
    EventParser parser = new EventParser(intake);
    String what =
        "seed %d, %s".formatted(seed, new String(data, 0, Math.min(data.length, 2_000), UTF_8));
    try {
      ParsedRecord judgement =
          Frugality.run(data.length, () -> parser.parse(stream, ByteBuffer.wrap(data), NOON));
      assertThat(Judging.outcome(judgement))
          .as("%s, %s: %s", what, stream, judgement)
          .isEqualTo(new SlowEventParser(intake, stream, NOON).parse(data));
      events += judgement instanceof Event ? 1 : 0;
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
