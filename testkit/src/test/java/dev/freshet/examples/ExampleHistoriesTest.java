package dev.freshet.examples;

import static dev.freshet.testdriver.FeatureTestDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.ExampleGroup;
import dev.freshet.oracle.PaymentHistory;
import dev.freshet.oracle.RideHistory;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Long histories of payments and rides, compared with the oracle at every event and change. */
class ExampleHistoriesTest {

  private static final int SEEDS = 3;
  private static final int EVENTS = 160;

  @ParameterizedTest
  @EnumSource
  void everyGroupFollowsItsDefinition(ExampleGroup example) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      ExampleRun run = new ExampleRun(group(example), example, seed);
      run.play(history(example, seed));
      assertThat(run.checked()).as("seed %d of %s", seed, example).isGreaterThan(EVENTS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyGroupHasTheNameOfItsPlainForm(ExampleGroup example) {
    assertThat(group(example).features())
        .extracting(each -> each.name())
        .containsExactlyElementsOf(example.features());
  }

  private static List<Arrival> history(ExampleGroup example, long seed) {
    long start = START.toEpochMilli();
    return isOfPayments(example)
        ? PaymentHistory.of(seed, EVENTS, start)
        : RideHistory.of(seed, EVENTS, start);
  }

  private static boolean isOfPayments(ExampleGroup example) {
    return example.name().startsWith("CARD_");
  }

  private static FeatureGroup group(ExampleGroup example) {
    return (isOfPayments(example) ? CardPayments.GROUPS : RideHailing.GROUPS)
        .stream()
            .filter(each -> each.name().equalsIgnoreCase(example.name()))
            .findFirst()
            .orElseThrow();
  }
}
