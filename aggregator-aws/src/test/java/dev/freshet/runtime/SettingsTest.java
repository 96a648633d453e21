package dev.freshet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.featurestore.client.FeastFormat;
import dev.freshet.state.PartitionRange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  @Test
  void allPartitionsAreOneRangeUnlessANumberIsSet() {
    assertThat(new Settings(name -> null).recalculationRanges())
        .isEqualTo(List.of(PartitionRange.ALL));
    assertThat(ranges("4")).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "0", "-1", "32", "four"})
  void aNumberOfRangesThatIsNotPossibleIsNamed(String number) {
    assertThatIllegalStateException()
        .isThrownBy(() -> ranges(number))
        .withMessage("RECALCULATION_RANGES must be 1, 2, 4, 8 or 16, not " + number);
  }

  private static List<PartitionRange> ranges(String number) {
    return new Settings(Map.of("RECALCULATION_RANGES", number)::get).recalculationRanges();
  }
}
