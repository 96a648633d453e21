package dev.freshet.function;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.testdriver.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LingerTest {

  private static final Instant NOON = Instant.parse("2026-09-21T12:00:00Z");

  private final HandClock clock = new HandClock(NOON.toEpochMilli());
  private final List<Long> slept = new ArrayList<>();
  private int remainingMillis = 60_000;
  private final Linger linger =
      new Linger(Duration.ofSeconds(5), () -> remainingMillis, clock, slept::add);

  @Test
  void aShortWaitIsDoneInTheFunction() {
    assertThat(linger.until(NOON.plusMillis(5_000))).isTrue();
    assertThat(linger.until(NOON.minusMillis(1))).isTrue();
    assertThat(slept).containsExactly(5_000L, 0L);
  }

  @Test
  void aLongWaitIsLeftToTheStateMachine() {
    assertThat(linger.until(NOON.plusMillis(5_001))).isFalse();
    assertThat(slept).isEmpty();
  }

  @Test
  void aWaitThatLeavesTooLittleTimeIsLeftToTheStateMachine() {
    remainingMillis = 18_000;
    assertThat(linger.until(NOON.plusMillis(3_000))).isTrue();
    assertThat(linger.until(NOON.plusMillis(3_001))).isFalse();
  }

  @Test
  void timeIsShortWhenOnePageMoreMightNotBeDone() {
    remainingMillis = 15_000;
    assertThat(linger.isTimeShort()).isFalse();
    remainingMillis = 14_999;
    assertThat(linger.isTimeShort()).isTrue();
  }

  @Test
  void anInterruptEndsTheWait() {
    Linger interrupted =
        new Linger(
            Duration.ofSeconds(5),
            () -> remainingMillis,
            clock,
            millis -> {
              throw new InterruptedException();
            });
    assertThat(interrupted.until(NOON.plusMillis(1))).isFalse();
    assertThat(Thread.interrupted()).isTrue();
  }
}
