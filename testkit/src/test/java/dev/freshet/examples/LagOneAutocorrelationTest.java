package dev.freshet.examples;

import static dev.freshet.definition.LastEvents.lastEvents;
import static dev.freshet.definition.Value.seconds;
import static dev.freshet.transformation.Transformations.count;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.definition.Dimension;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.TestEvent;
import dev.freshet.transformation.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The transformation of docs/your-first-feature.md, which is of one's own. */
class LagOneAutocorrelationTest {

  private static final EventType PICKED = new EventType("ITEM_PICKED", "item-picked", "itemId");

  private static final FeatureGroup GROUP =
      FeatureGroup.named("place_rhythm")
          .dimension(new Dimension("place", "placeId"))
          .reads(PICKED)
          .value(seconds("acceptedAt", "pickedAt"))
          .over(lastEvents(50), count(), new LagOneAutocorrelation())
          .build();

  private final FeatureTestDriver driver = FeatureTestDriver.of(GROUP);

  @Test
  void followsItsDefinition() {
    LagOneAutocorrelation transformation = new LagOneAutocorrelation();
    assertThat(transformation.apply(Samples.of(1, 2, 3, 4))).isEqualTo(0.25, within(1e-12));
    assertThat(transformation.apply(Samples.of(1, 5, 1, 5))).isEqualTo(-0.75, within(1e-12));
    assertThat(transformation.apply(Samples.of(3, 3, 3))).isNaN();
    assertThat(transformation.apply(Samples.of(3))).isNaN();
  }

  @Test
  void isAFeatureLikeAnyOther() {
    for (long seconds : new long[] {60, 120, 180, 240}) {
      driver.feed(
          TestEvent.of(PICKED)
              .with("placeId", "a")
              .with("acceptedAt", driver.now().minusSeconds(seconds))
              .with("pickedAt", driver.now()));
      driver.advance(Duration.ofMinutes(1));
    }

    assertThat(driver.feature("a", "autocorrelation_1")).hasValueCloseTo(0.25, within(1e-12));
  }

  @Test
  void isWhatTheDocumentationShows() throws IOException {
    String source =
        Files.readString(Path.of("src/test/java/dev/freshet/examples/LagOneAutocorrelation.java"));
    assertThat(Files.readString(Path.of("../docs/your-first-feature.md")))
        .contains(source.substring(source.indexOf("/**")));
  }
}
