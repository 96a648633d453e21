package dev.freshet.operations.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.ledger.LedgerSums;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Tests what a tool says if it writes the feature store, and the functions do not. */
class StageWritesTest {

  private static final long HOUR_MILLIS = Duration.ofHours(1).toMillis();
  private static final boolean DIRECT = true;

  private final LedgerEntry function = new LedgerEntry();

  @Test
  void saysThatFunctionsWriteDirectly() {
    publish("g", 7, 3);
    arrive("g", 7, 3);

    assertThat(warning(!DIRECT))
        .isEqualTo(
            "in the newest hour of the ledger, the functions wrote the feature store themselves,"
                + " and this command only publishes: unless that has changed since, run it with"
                + " FEATURE_STORE_WRITES=direct");
    assertThat(warning(DIRECT)).isEmpty();
  }

  @Test
  void saysThatFunctionsOnlyPublish() {
    publish("g", 7, 3);

    assertThat(warning(DIRECT))
        .contains("the functions only published", "run it with FEATURE_STORE_WRITES=stream");
    assertThat(warning(!DIRECT)).isEmpty();
  }

  @Test
  void theNewestHourCounts() {
    publish("g", 7, 3);
    publish("g", 8, 1);
    arrive("g", 8, 1);

    assertThat(warning(!DIRECT)).contains("direct");
  }

  @Test
  void storedTwiceIsDirectToo() {
    publish("g", 7, 3);
    arrive("g", 7, 5);

    assertThat(warning(!DIRECT)).contains("direct");
  }

  @Test
  void nothingIsSaidOfTheHourOfASwitch() {
    publish("g", 7, 3);
    arrive("g", 7, 1);

    assertThat(warning(DIRECT)).isEmpty();
    assertThat(warning(!DIRECT)).isEmpty();
  }

  @Test
  void nothingIsSaidOfOtherGroupsOrAnEmptyLedger() {
    assertThat(warning(DIRECT)).isEmpty();

    publish("other", 7, 3);

    assertThat(warning(DIRECT)).isEmpty();
  }

  /** In one Redis for both stores, the subscriber's ledger is among those of the functions. */
  @Test
  void resultsThatTheSubscriberStoredAreNotDirect() {
    LedgerEntry subscriber = new LedgerEntry();
    subscriber.addResult(LedgerLine.ARRIVED, 7 * HOUR_MILLIS, "g", Fate.DONE);
    publish("g", 7, 1);

    List<LedgerSums> both =
        List.of(new LedgerSums("subscriber", 0, subscriber), new LedgerSums("g", 0, function));
    assertThat(StageWrites.warning(both, Set.of("g"), !DIRECT)).isEmpty();
    assertThat(StageWrites.warning(both, Set.of("g"), DIRECT)).isPresent();
  }

  private String warning(boolean isDirect) {
    return StageWrites.warning(List.of(new LedgerSums("g", 0, function)), Set.of("g"), isDirect)
        .orElse("");
  }

  private void publish(String group, long hour, int results) {
    add(LedgerLine.RESULTS, Fate.PUBLISHED, group, hour, results);
  }

  private void arrive(String group, long hour, int results) {
    add(LedgerLine.ARRIVED, Fate.DONE, group, hour, results);
  }

  private void add(String name, Fate fate, String group, long hour, int results) {
    for (int i = 0; i < results; i++) {
      function.addResult(name, hour * HOUR_MILLIS, group, fate);
    }
  }
}
