package dev.freshet.definition;

import static dev.freshet.input.Input.seconds;
import static dev.freshet.testing.TestGroups.AREA;
import static dev.freshet.testing.TestGroups.ITEM_CREATED;
import static dev.freshet.testing.TestGroups.PLACE;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Starts declarations for tests, and rejects them. */
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

  static FeatureGroupBuilder history() {
    return windows().lateness(Duration.ofHours(1));
  }

  static void rejects(ThrowingCallable declaration, String mentions) {
    assertThatIllegalArgumentException().isThrownBy(declaration).withMessageContaining(mentions);
  }
}
