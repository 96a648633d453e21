package dev.freshet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.freshet.state.PartitionRange;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

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
