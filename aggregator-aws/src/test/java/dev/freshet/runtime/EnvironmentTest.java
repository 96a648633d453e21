package dev.freshet.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTest {

  private static final Duration USUAL = Duration.ofHours(6);

  @Test
  void whatIsNotSetOrBlankIsAsUsual() {
    for (String text : new String[] {null, "", " "}) {
      assertThat(of(text).count("A", 7)).isEqualTo(7);
      assertThat(of(text).duration("A", USUAL)).isEqualTo(USUAL);
      assertThat(of(text).isSecondOf("A", "one", "two")).isFalse();
      assertThat(of(text).names("A")).isEmpty();
    }
  }

  @Test
  void whatIsSetIsRead() {
    assertThat(of("1").count("A", 7)).isEqualTo(1);
    assertThat(of("PT1S").duration("A", USUAL)).isEqualTo(Duration.ofSeconds(1));
    assertThat(of("PT0S").durationOrZero("A", USUAL)).isZero();
    assertThat(of("two").isSecondOf("A", "one", "two")).isTrue();
    assertThat(of("b, c").names("A")).containsExactlyInAnyOrder("b", "c");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "x", "2147483648"})
  void aNumberThatIsNoCountIsQuoted(String text) {
    assertThatIllegalStateException()
        .isThrownBy(() -> of(text).count("A", 7))
        .withMessage("A must be a whole number from 1 to 2147483647, not '" + text + "'");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, A must be positive: PT0S",
    "PT-1S, A must not be negative: PT-1S",
    "6h, A must be a duration such as P90D: 6h"
  })
  void aDurationThatCannotBeIsQuoted(String text, String message) {
    assertThatIllegalStateException()
        .isThrownBy(() -> of(text).duration("A", USUAL))
        .withMessage(message);
  }

  @Test
  void whatMustBeSetIsNamed() {
    assertThatIllegalStateException()
        .isThrownBy(() -> of(" ").require("A"))
        .withMessage("set the environment variable A");
  }

  private static Environment of(String text) {
    return new Environment(name -> text);
  }
}
