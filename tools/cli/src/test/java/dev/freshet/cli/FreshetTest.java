package dev.freshet.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class FreshetTest {

  @Test
  void aFailureOfAnotherThreadIsNamedWithoutClasses() {
    IllegalStateException failure = new IllegalStateException("the store is away\nand more");
    assertThat(Freshet.line(failure)).isEqualTo("the store is away");
    assertThat(Freshet.line(new IllegalStateException(failure))).isEqualTo("the store is away");
    assertThat(Freshet.line(new ExecutionException(new IllegalStateException(failure))))
        .isEqualTo("the store is away");
    assertThat(Freshet.line(new IOException("cannot read it", failure)))
        .isEqualTo("cannot read it");
  }
}
