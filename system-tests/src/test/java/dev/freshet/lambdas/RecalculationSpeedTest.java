package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.lambdas.RecalculationSpeed.Measured;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.ResultRecords;
import dev.freshet.result.Trigger;
import dev.freshet.stream.OutgoingRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Measures the recalculation by 1, 2 and 4 ranges, and tests that it recomputes every entity. */
@Tag("verify")
@Tag("nightly")
class RecalculationSpeedTest {

  private static final long START = Instant.parse("2026-09-21T10:00:00Z").toEpochMilli();
  private static final int ROUNDS = 5;

  @Test
  void aHundredThousandEntitiesOfOneSecondAreAllRecomputed() throws Exception {
    for (int ranges : new int[] {1, 2, 4}) {
      try (RecalculationSpeed speed = new RecalculationSpeed(ranges, START)) {
        List<Measured> measured = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
          speed.createOrders();
          for (int minutes : new int[] {5, 10, 30}) {
            measured.add(speed.recalculate(Duration.ofMinutes(minutes)));
            assertAllRecomputed(speed.results());
          }
        }
        measured.subList(0, measured.size() / 2).clear(); // the compiler was still at work
        measured.sort(Comparator.comparing(Measured::entitiesPerSecond));
        System.out.println(ranges + " ranges, median: " + measured.get(measured.size() / 2));
        System.out.println(ranges + " ranges, fastest: " + measured.get(measured.size() - 1));
      }
    }
  }

  private static void assertAllRecomputed(List<OutgoingRecord> records) throws Exception {
    List<FeatureResult> results = new ArrayList<>();
    for (OutgoingRecord record : records) {
      results.addAll(ResultRecords.read(record.data()));
    }
    assertThat(results).allMatch(result -> result.trigger() == Trigger.RECALCULATION);
    assertThat(results.stream().map(FeatureResult::key).distinct())
        .hasSize(RecalculationSpeed.ENTITIES);
  }
}
