package dev.freshet.examples;

import static dev.freshet.definition.Aggregates.by;
import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Window.last;
import static dev.freshet.input.Input.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.freshet.aggregation.Samples;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.testdriver.FeatureTestDriver;
import dev.freshet.testdriver.TestEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The aggregation of docs/your-first-feature.md, which is of one's own. */
class LagOneAutocorrelationTest {

  private static final EventType PICKED =
      new EventType("ITEM_PICKED", "item-picked", EventFormat.reference());

  private static final FeatureGroup GROUP =
      FeatureGroup.named("place_rhythm")
          .dimension(Entity.named("place").by("placeId"))
          .reads(PICKED)
          .value(seconds("acceptedAt", "pickedAt"))
          .over(last(50), count(), by(new LagOneAutocorrelation()))
          .build();

  private final FeatureTestDriver driver = FeatureTestDriver.of(GROUP);

  @Test
  void followsItsDefinition() {
    LagOneAutocorrelation aggregation = new LagOneAutocorrelation();
    assertThat(aggregation.apply(Samples.of(1, 2, 3, 4))).isEqualTo(0.25, within(1e-12));
    assertThat(aggregation.apply(Samples.of(1, 5, 1, 5))).isEqualTo(-0.75, within(1e-12));
    assertThat(aggregation.apply(Samples.of(3, 3, 3))).isNaN();
    assertThat(aggregation.apply(Samples.of(3))).isNaN();
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
