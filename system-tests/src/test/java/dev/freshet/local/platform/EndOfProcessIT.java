package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.ledger.LedgerReport;
import dev.freshet.ledger.redis.StoredLedgers;
import dev.freshet.redis.Redis;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests that a function leaves nothing unwritten if its process ends normally. */
@EnabledOnOs(OS.LINUX)
@Tag("verify")
class EndOfProcessIT extends ArtifactSetUp {

  private static final int BATCHES = 5;

  @Test
  void whatTheLedgerHasGatheredIsWritten() throws Exception {
    FunctionDefinition function = functions.named("city-demand");
    process = functions.start(function);
    for (int i = 0; i < BATCHES; i++) {
      doesAllOf(orderCreated(function, "c" + i, CLOCK.instant()));
    }

    process.exit(Duration.ofSeconds(30));

    try (Redis state = Redis.at(functions.stateStoreUrl(), Duration.ofSeconds(10))) {
      LedgerReport report = LedgerReport.of(new StoredLedgers(state).read(), CLOCK.millis(), false);
      assertThat(report.finished())
          .as(process::log)
          .extracting(LedgerReport.Finished::records)
          .containsExactly((long) BATCHES);
    }
    assertThat(process.log()).doesNotContain("WARN", "Exception");
  }
}
