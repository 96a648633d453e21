package dev.freshet.definition;

import static dev.freshet.input.Input.seconds;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.PLACE;

/** Starts declarations for tests. */
final class Declarations {

  private Declarations() {}

  static FeatureGroupBuilder windows() {
    return FeatureGroup.named("g").dimension(AREA).reads(ITEM_CREATED);
  }

  static FeatureGroupBuilder lastN() {
    return windows().value(seconds("createdAt", "deliveredAt"));
  }

  static FeatureGroupBuilder stages() {
    return FeatureGroup.named("g").dimension(PLACE);
  }
}
