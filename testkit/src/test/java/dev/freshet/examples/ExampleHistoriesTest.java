package dev.freshet.examples;

import static dev.freshet.testdriver.FeatureTestDriver.START;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.oracle.ExampleGroup;
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
      ExampleRun run = new ExampleRun(example, seed);
      run.play(Examples.history(example, seed, EVENTS, START.toEpochMilli()));
      assertThat(run.checked()).as("seed %d of %s", seed, example).isGreaterThan(EVENTS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyGroupHasTheNameOfItsPlainForm(ExampleGroup example) {
    assertThat(Examples.group(example).features())
        .extracting(each -> each.name())
        .containsExactlyElementsOf(example.features());
  }
}
