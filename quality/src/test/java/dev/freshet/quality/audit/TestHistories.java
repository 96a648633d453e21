package dev.freshet.quality.audit;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.lifetime;
import static dev.freshet.definition.Window.minutes;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.testing.TestGroups;
import java.time.Duration;

/** A group with history. */
final class TestHistories {

  private TestHistories() {}

  /** Counts of an area, whose lifetime leaves out events that are ten minutes late. */
  static FeatureGroup counts() {
    return FeatureGroup.named(TestGroups.freshName("lifetime"))
        .dimension(TestGroups.AREA)
        .reads(TestGroups.ITEM_CREATED)
        .lateness(Duration.ofMinutes(10))
        .over(lifetime(), count("created"))
        .over(minutes(5), count("created"))
        .build();
  }
}
