package dev.freshet.state.dynamodb;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.input.Input.amount;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.testing.TestGroups;
import java.time.Duration;

/** Groups with history, for tests. */
final class HistoryGroups {

  static final Duration LATENESS = Duration.ofHours(1);

  private HistoryGroups() {}

  /** Counts and amounts of a worker's parcels, ever and in the last 30 days. */
  static FeatureGroup parcels() {
    return parcels(TestGroups.freshName("parcels"));
  }

  static FeatureGroup parcels(String name) {
    return FeatureGroup.named(name)
        .dimension(TestGroups.WORKER)
        .reads(TestGroups.ITEM_DELIVERED)
        .value(amount("totalAmount"))
        .lateness(LATENESS)
        .over(lifetime(), count(), sum())
        .over(days(30).every(Duration.ofDays(1)), count(), sum(), max())
        .build();
  }
}
