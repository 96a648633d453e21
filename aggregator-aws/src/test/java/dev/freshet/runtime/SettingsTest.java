package dev.freshet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.featurestore.client.FeastFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {

  @Test
  void theFeatureStoreHasFreshetsFormatUnlessFeastsIsAskedFor() {
    assertThat(settings(Map.of()).feastFormat()).isEmpty();
    assertThat(settings(Map.of("FEATURE_STORE_FORMAT", "freshet")).feastFormat()).isEmpty();
    Map<String, String> feast =
        Map.of(
            "FEATURE_STORE_FORMAT", "feast",
            "FEAST_PROJECT", "shop",
            "FEAST_INTEGER_ENTITIES", "table, waiter");
    assertThat(settings(feast).feastFormat())
        .contains(new FeastFormat("shop", Set.of("table", "waiter")));
  }

  @Test
  void aFormatThatCannotBeIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> settings(Map.of("FEATURE_STORE_FORMAT", "json")).feastFormat())
        .withMessage("FEATURE_STORE_FORMAT must be freshet or feast, not 'json'");
    assertThatIllegalStateException()
        .isThrownBy(() -> settings(Map.of("FEATURE_STORE_FORMAT", "feast")).feastFormat())
        .withMessageContaining("FEAST_PROJECT");
  }

  private static Settings settings(Map<String, String> environment) {
    return new Settings(environment::get);
  }
}
