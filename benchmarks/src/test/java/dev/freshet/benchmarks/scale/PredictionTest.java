package dev.freshet.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PredictionTest {

  private static final int MANY_CORES = 1_000;

  /** One instance does 10,000 events a second; an event takes 20, 10 and 100 µs of processors. */
  private final Prediction law = new Prediction(10_000, 20e-6, 10e-6, 100e-6, 0.5, 0.5);

  @Test
  void instancesAddUpUntilAResourceIsUsedUp() {
    assertThat(law.eventsPerSecond(1, MANY_CORES)).isEqualTo(10_000);
    assertThat(law.eventsPerSecond(9, MANY_CORES)).isEqualTo(90_000);
  }

  @Test
  void theBusiestMasterOfEitherStoreIsALimit() {
    assertThat(law.eventsPerSecond(128, MANY_CORES)).isCloseTo(100_000, within(1e-6));
    Prediction uneven = new Prediction(10_000, 20e-6, 10e-6, 100e-6, 0.4, 0.9);
    assertThat(uneven.eventsPerSecond(128, MANY_CORES)).isCloseTo(1e6 / 9, within(1e-6));
  }

  @Test
  void theProcessorsOfTheMachineAreALimit() {
    assertThat(law.eventsPerSecond(128, 2)).isCloseTo(20_000, within(1e-6));
  }

  @Test
  void anEventMayCostMoreWithManyInstances() {
    Prediction grown = law.growing(3, 2);
    assertThat(grown.eventsPerSecond(1, MANY_CORES)).isEqualTo(5_000);
    assertThat(grown.eventsPerSecond(128, MANY_CORES)).isCloseTo(1e6 / 30, within(1e-6));
    assertThat(grown.eventsPerSecond(128, 2)).isCloseTo(10_000, within(1e-6));
  }

  @Test
  void shardsHoldThePeakOfEachStream() {
    assertThat(Need.eventShards(1)).as("100 events a second").isEqualTo(4);
    assertThat(Need.eventShards(100)).as("5,000 of each stream at the peak").isEqualTo(20);
    assertThat(Need.eventShards(10_000)).isEqualTo(2_000);
  }

  @Test
  void mastersSufficeWhenTheBusiestHasHeadroom() {
    assertThat(Need.masters(0.6, count -> 1.0 / count)).isEqualTo(1);
    assertThat(Need.masters(5.9, count -> 1.0 / count)).isEqualTo(10);
    assertThat(Need.masters(5.9, count -> 2.0 / count)).isEqualTo(20);
    assertThat(Need.masters(5.9, count -> Math.max(0.2, 1.0 / count))).as("a hot key").isZero();
  }
}
