package dev.freshet.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is computed from rows and costs that are given, not measured. */
class ScaleResultsTest {

  private static final long EVENTS = 1_000;

  /** With four instances, the state store takes twice as long for an event. */
  private final List<InstancesRow> rows =
      List.of(row(1, 1, 1, 0.1), row(1, 4, 0.5, 0.1), row(3, 1, 1, 0.2), row(3, 4, 0.5, 0.2));

  private final List<PathCost> groups =
      List.of(cost("courier_accept_time", 10, 500), cost("store_orders", 30, 500));

  private final List<PathCost> costs = List.of(cost("all", 80, 20), cost("all", 40, 500));

  private final ScaleResults results =
      ScaleResults.of("7.0", false, rows, List.of(), groups, costs);

  private static InstancesRow row(int masters, int instances, double seconds, double state) {
    double[] work = new double[masters];
    work[0] = state;
    Usage used = new Usage(seconds, 0.01, 0.01, work, new double[] {0.01}, 0.1, 0);
    return InstancesRow.of(masters, instances, EVENTS * instances / 2, List.of(used));
  }

  private static PathCost cost(String what, double state, int batch) {
    return new PathCost(what, 10_000, batch, EVENTS, 5, state, 5, 10, 2, 300);
  }

  @Test
  void oneMasterIsPredictedFromOneInstance() {
    double alone = rows.get(0).eventsPerSecond();
    assertThat(results.rows().get(0).predicted()).isCloseTo(alone, within(1e-6));
    assertThat(results.rows().get(1).predicted()).isCloseTo(4 * alone, within(1e-6));
  }

  @Test
  void severalMastersArePredictedFromWhatManyInstancesCostOverOne() {
    double times = rows.get(1).micros() / rows.get(0).micros();
    double alone = rows.get(2).eventsPerSecond();
    assertThat(results.rows().get(3).predicted()).isCloseTo(4 * alone / times, within(1e-6));
  }

  @Test
  void sharesOfTheBusiestMasterStandBesideMeasuredOnes() {
    ScaleResults.Share state = results.shares().get(0);
    assertThat(state.measured()).isEqualTo(1);
    assertThat(state.predicted()).isBetween(1 / 3.0, 0.4);
  }

  @Test
  void needsAreThoseOfTheLoadsBatches() {
    assertThat(results.needs()).extracting(Need::batch).containsExactly(20, 500, 500);
    assertThat(results.needs()).extracting(Need::eventShards).containsExactly(4L, 20L, 2_000L);
    assertThat(results.needs().get(1).functionCores()).isCloseTo(0.1, within(1e-9));
    assertThat(results.needs().get(0).stateMasters()).isEqualTo(1);
    assertThat(results.needs().get(2).stateMasters())
        .as("at least its work at the peak by 60 %% of a core")
        .isGreaterThan((int) (2 * 40 / 0.6));
  }

  @Test
  void aClusterDoesLessThanItsNumberOfMastersTimesOne() {
    ClusterRow one = results.cluster().get(0);
    for (ClusterRow row : results.cluster()) {
      assertThat(row.stateEvents()).isLessThanOrEqualTo(row.masters() * one.stateEvents() * 1.001);
      assertThat(row.stateTimes()).isGreaterThan(0.999);
    }
  }
}
