package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.city.SimulatedCity;
import dev.freshet.definition.Catalogue;
import dev.freshet.operations.events.EventFile;
import dev.freshet.operations.events.EventReader;
import dev.freshet.operations.events.EventStreams;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends a file of events through the whole platform: three simulated hours, or, with {@code
 * -Dfreshet.events=FILE}, any file.
 */
@Tag("verify")
class EventFileIT {

  private static final Instant LONG_AGO = Instant.parse("2015-02-18T06:00:00Z");

  @TempDir private Path folder;

  @Test
  void shiftedToNowEveryFeatureEqualsTheOracle() throws IOException {
    try (TestPlatform platform = new TestPlatform()) {
      EventFile file =
          new EventFile(EventSource.of(events()), EventStreams.of(Catalogue.load().groups()));
      Duration offset = file.timeline().offsetTo(TestPlatform.CLOCK.instant());
      List<OutgoingEvent> events = read(file, offset);
      platform.put(events.iterator());
      platform.awaitDone();

      assertThat(platform.counters().events()).isEqualTo(events.size());
      assertThat(platform.counters().deadLetters()).isZero();
      Expectations expectations = new Expectations(oracle(events), platform.store());
      expectations.checkAllGroups();
      assertThat(expectations.compared()).isGreaterThan(1_000);
    }
  }

  /** The events are too old for windows of hours, but not for last events and for history. */
  @Test
  @Tag("nightly")
  void shuffledAndDuplicatedInputGivesTheSameFeatureStore() throws IOException {
    EventFile file =
        new EventFile(EventSource.of(events()), EventStreams.of(Catalogue.load().groups()));
    Instant yesterday = TestPlatform.CLOCK.instant().minus(Duration.ofDays(1));
    List<OutgoingEvent> ordered = read(file, file.timeline().offsetTo(yesterday));
    List<OutgoingEvent> shuffled = new ArrayList<>(ordered);
    shuffled.addAll(ordered.subList(0, ordered.size() / 5));
    Collections.shuffle(shuffled, new Random(11));

    Map<String, Map<String, String>> expected = featureStoreAfter(ordered);
    assertThat(expected.size()).isGreaterThan(100);
    assertThat(featureStoreAfter(shuffled)).isEqualTo(expected);
  }

  private static Map<String, Map<String, String>> featureStoreAfter(List<OutgoingEvent> events)
      throws IOException {
    Map<String, Map<String, String>> hashes = new TreeMap<>();
    try (TestPlatform platform = new TestPlatform()) {
      platform.put(events.iterator());
      platform.awaitDone();
      assertThat(platform.counters().deadLetters()).isZero();
      Oracle oracle = oracle(events);
      for (String store : oracle.entities("storeId", "ORDER_DELIVERED")) {
        Map<String, String> fields = new TreeMap<>(platform.store().readAll("store", store));
        fields.keySet().removeIf(field -> field.contains("@"));
        hashes.put(store, fields);
      }
      Expectations expectations = new Expectations(oracle, platform.store());
      expectations.checkAllGroups();
    }
    return hashes;
  }

  private static Oracle oracle(List<OutgoingEvent> events) {
    return new Oracle(
        events.stream().map(event -> OracleEvent.parse(new String(event.json(), UTF_8))).toList());
  }

  private static List<OutgoingEvent> read(EventFile file, Duration offset) {
    List<OutgoingEvent> events = new ArrayList<>();
    try (EventReader reader = file.openShiftedBy(offset, raw -> {})) {
      reader.forEachRemaining(events::add);
    }
    return events;
  }

  private Path events() throws IOException {
    String given = System.getProperty("freshet.events", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    Path file = folder.resolve("events.jsonl");
    SimulatedCity city = new SimulatedCity(3, 20, LONG_AGO);
    Files.write(
        file,
        city.until(LONG_AGO.plus(Duration.ofHours(3))).stream()
            .map(event -> new String(event.json(), UTF_8))
            .toList());
    return file;
  }
}
