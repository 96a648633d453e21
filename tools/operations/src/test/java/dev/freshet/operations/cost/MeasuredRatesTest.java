package dev.freshet.operations.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class MeasuredRatesTest {

  private static final String COUNTERS =
      """
      {"since": "2026-05-04T12:00:00Z", "at": "2026-05-04T12:01:40Z", "results": 600,
       "recalculation": {"transitions": 10}, "historyWrites": 40,
       "mappings": [
         {"function": "a", "stream": "opened", "invocations": 100, "records": 300, "bytes": 90000},
         {"function": "b", "stream": "opened", "invocations": 100, "records": 310, "bytes": 93000},
         {"function": "b", "stream": "closed", "invocations": 50, "records": 100, "bytes": 30000},
         {"function": "s", "stream": "feature-results", "invocations": 9, "records": 30,
          "bytes": 180000, "recalculated": 200}]}
      """;

  @Test
  void theRatesAreThoseOfTheSlowestReaders() throws IOException {
    MeasuredRates rates = MeasuredRates.of(Stages.json(COUNTERS));
    Load load = rates.load();

    assertThat(load.eventsPerSecond()).isEqualTo(4);
    assertThat(load.shares()).containsEntry("opened", 0.75).containsEntry("closed", 0.25);
    assertThat(load.eventBytes()).isEqualTo(300);
    assertThat(load.resultBytes()).isEqualTo(300);
    assertThat(load.recalculatedAnEvent()).isEqualTo(0.5);
    assertThat(load.measured().results()).hasValue(1);
    assertThat(load.measured().transitions()).hasValue(360);
    assertThat(load.measured().historyWrites()).hasValue(0.1);
    assertThat(rates.eventsInBatch()).isCloseTo(710 / 250.0, within(1e-9));
    assertThat(rates.variant().changes()).containsEntry("events-in-batch", "2.84");
  }

  @Test
  void measuredTransitionsAndResultsAreBilled() throws IOException {
    MeasuredRates rates = MeasuredRates.of(Stages.json(COUNTERS));
    Bill bill = Stages.MAKER.bill(Stages.stage(), rates.variant(), rates.load());

    assertThat(Stages.dollars(bill, "recalculation, transitions"))
        .isCloseTo(360 * 730 * 9 / 1e6, within(0.01));
    assertThat(Stages.dollars(bill, "feature groups"))
        .isCloseTo(7 / 2.84 * 2_628_000 * (7 / 1e6 + 11.84e-3 * 0.001), within(0.01));
  }

  @Test
  void aStreamWithoutEventsIsBilledForItsShardsAlone() throws IOException {
    String idle =
        COUNTERS.replace(
            "\"invocations\": 50, \"records\": 100, \"bytes\": 30000",
            "\"invocations\": 0, \"records\": 0, \"bytes\": 0");
    assertThat(idle).isNotEqualTo(COUNTERS);
    MeasuredRates rates = MeasuredRates.of(Stages.json(idle));
    Bill bill = Stages.MAKER.bill(Stages.stage(), rates.variant(), rates.load());

    assertThat(Stages.dollars(bill, "Kinesis puts")).isPositive().isFinite();
    assertThat(Stages.dollars(bill, "Kinesis shards")).isEqualTo(4 * 730, within(0.01));
  }

  @Test
  void theRatesBetweenTwoAnswersAreThoseOfTheirDifferences() throws IOException {
    String later =
        COUNTERS
            .replace("12:01:40", "12:02:40")
            .replace("\"records\": 300", "\"records\": 600")
            .replace("\"records\": 310", "\"records\": 610")
            .replace("\"invocations\": 100", "\"invocations\": 150")
            .replace("\"bytes\": 90000", "\"bytes\": 120000")
            .replace("\"results\": 600", "\"results\": 660")
            .replace("\"recalculated\": 200", "\"recalculated\": 230");
    MeasuredRates rates =
        MeasuredRates.between(Stages.json(COUNTERS), Stages.json(later)).orElseThrow();

    assertThat(rates.load().eventsPerSecond()).isEqualTo(5);
    assertThat(rates.load().eventBytes()).isEqualTo(100);
    assertThat(rates.load().recalculatedAnEvent()).isEqualTo(0.1);
    assertThat(rates.eventsInBatch()).isEqualTo(6);
    assertThat(MeasuredRates.between(Stages.json(COUNTERS), Stages.json(COUNTERS))).isEmpty();
  }

  @Test
  void aFunctionThatIsNewCountsFromItsStart() throws IOException {
    MeasuredRates rates =
        MeasuredRates.between(
                Stages.json("{\"at\": \"2026-05-04T12:00:00Z\", \"mappings\": []}"),
                Stages.json(COUNTERS))
            .orElseThrow();

    assertThat(rates.load().eventsPerSecond()).isEqualTo(4);
  }

  @Test
  void aPlatformWithoutEventsHasNoRates() {
    assertThatIOException()
        .isThrownBy(() -> MeasuredRates.of(Stages.json("{\"mappings\": []}")))
        .withMessage("no event has been processed yet");
  }
}
