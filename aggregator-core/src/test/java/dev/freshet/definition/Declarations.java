package dev.freshet.definition;

import static dev.freshet.definition.Value.seconds;
import static dev.freshet.testing.TestGroups.CITY;
import static dev.freshet.testing.TestGroups.CREATED;
import static dev.freshet.testing.TestGroups.ORDER_CREATED;
import static dev.freshet.testing.TestGroups.PICKED;
import static dev.freshet.testing.TestGroups.STORE;

/** Starts declarations for tests. */
final class Declarations {

  private Declarations() {}

  static FeatureGroupBuilder windows() {
    return FeatureGroup.named("g").dimension(CITY).reads(ORDER_CREATED);
  }

  static FeatureGroupBuilder lastN() {
    return windows().value(seconds("createdAt", "deliveredAt"));
  }

  static FeatureGroupBuilder stages() {
    return FeatureGroup.named("g").dimension(STORE).follows(CREATED, PICKED);
  }
}
