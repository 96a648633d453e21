package dev.freshet.console.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.quality.audit.AuditReport;
import dev.freshet.quality.audit.Cause;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AuditPageTest {

  private static final InstantSource TIME = InstantSource.fixed(Instant.EPOCH);
  private static final AuditReport REPORT =
      new AuditReport(
          7, 1, 2, 3, Map.of("table_visits", Map.of(Cause.EQUAL, 4L)), List.of(), List.of());

  private final Semaphore allowed = new Semaphore(0);
  private final AtomicInteger started = new AtomicInteger();
  private AuditPage page = page(() -> REPORT);

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void noAuditRunsUnlessItIsStarted() {
    assertThat(shown())
        .isEqualTo(new AuditPage.Shown(null, null, "the command", shown().metrics()));
    assertThat(shown().metrics())
        .containsExactly("freshet.audit.compared", "freshet.audit.unexplained");
    assertThat(started).hasValue(0);
  }

  @Test
  void oneAuditRunsAtATime() {
    page.start(Map.of());
    page.start(Map.of());
    assertThat(shown().runningForMillis()).isZero();

    allowed.release(2);
    awaitEnd();

    assertThat(started).hasValue(1);
    assertThat(shown().last()).isEqualTo(new AuditPage.Outcome(0, 4, REPORT, null));
  }

  @Test
  void anAuditThatFailedSaysWhyAndAnotherCanBeStarted() {
    page.close();
    page =
        page(
            () -> {
              throw new IllegalStateException("the store is gone");
            });
    for (int i = 1; i <= 2; i++) {
      page.start(Map.of());
      allowed.release();
      awaitEnd();
      assertThat(shown().last().fault()).isEqualTo("the store is gone");
      assertThat(started).hasValue(i);
    }
  }

  private AuditPage page(Supplier<AuditReport> audit) {
    return new AuditPage(
        () -> {
          started.incrementAndGet();
          allowed.acquireUninterruptibly();
          return audit.get();
        },
        "the command",
        TIME);
  }

  private AuditPage.Shown shown() {
    return page.read(Map.of());
  }

  private void awaitEnd() {
    while (shown().runningForMillis() != null) {
      Thread.onSpinWait();
    }
  }
}
