package dev.freshet.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProgressBarTest {

  private static final String OVER = "\r\033[K";

  private final StringWriter shown = new StringWriter();
  private long nanos = 5;
  private final ProgressBar bar = new ProgressBar(new PrintWriter(shown), () -> nanos);

  @Test
  void aLineIsWrittenOverTheOneBefore() {
    bar.at("replaying", 1, 4);
    pass(100);
    bar.at("replaying", 4, 4);
    bar.clear();
    assertThat(shown)
        .hasToString(
            OVER
                + "replaying      [==========                              ]  25 %"
                + OVER
                + "replaying      [========================================] 100 %"
                + OVER);
  }

  @Test
  void anotherStageIsShownAtOnceAndTheSameNotBeforeATenthOfASecond() {
    bar.at("reading events", 0, 10);
    pass(99);
    bar.at("reading events", 5, 10);
    assertThat(shown.toString()).doesNotContain("50 %");
    bar.at("writing", 5, 10);
    assertThat(shown.toString()).endsWith("]  50 %").contains("writing");
    pass(100);
    bar.at("writing", 6, 10);
    assertThat(shown.toString()).endsWith("]  60 %  60/s, 1 s left");
  }

  @Test
  void theRateAndTheTimeLeftAreThoseOfTheStage() {
    bar.at("reading spine", 0, 1);
    pass(5_000);
    bar.at("reading events", 0, 10_000_000);
    pass(2_000);
    bar.at("reading events", 5_000_000, 10_000_000);
    assertThat(shown.toString()).endsWith("]  50 %  2.5 MB/s, 2 s left");
    pass(2_000);
    bar.at("replaying", 0, 8_000);
    pass(3_000);
    bar.at("replaying", 6_000, 8_000);
    assertThat(shown.toString()).endsWith("]  75 %  2,000/s, 1 s left");
  }

  @Test
  void nothingToDoAndMoreThanAllAreShown() {
    bar.at("reading spine", 0, 0);
    assertThat(shown.toString()).endsWith("]   0 %");
    bar.at("writing", 11, 10);
    assertThat(shown.toString()).endsWith("=] 100 %");
  }

  private void pass(long millis) {
    nanos += Duration.ofMillis(millis).toNanos();
  }
}
