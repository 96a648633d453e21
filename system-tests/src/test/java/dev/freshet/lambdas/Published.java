package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultReader;
import dev.freshet.stream.OutgoingRecord;
import dev.freshet.testing.FakeSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the results of a group with the oracle of the events in its state. */
final class Published {

  private final FeatureGroup group;
  private final String run;
  private final FakeSink results;
  private final String member;
  private final List<OracleEvent> seen = new ArrayList<>();
  private final Map<String, Long> versions = new HashMap<>();
  private final Map<String, FeatureResult> last = new HashMap<>();
  private int checked;

  Published(FeatureGroup group, String run, FakeSink results) {
    this.group = group;
    this.run = run;
    this.results = results;
    this.member = group.dimension().members().get(0);
  }

  /**
   * Adds the events that were delivered.
   *
   * @param done the number of events, from the first, that are done
   * @param stepped the keys whose other events are in the state
   */
  void saw(List<Incoming> batch, int done, Set<String> stepped) {
    for (int i = 0; i < batch.size(); i++) {
      OracleEvent event = batch.get(i).event();
      if (i < done || (event.has(member) && stepped.contains(event.text(member)))) {
        seen.add(event);
      }
    }
  }

  /**
   * Checks that every result published since the last call is right at its own instant, which is
   * now.
   */
  void check(long nowMillis) throws IOException {
    List<OutgoingRecord> records = results.drain();
    if (records.isEmpty()) {
      return;
    }
    Oracle oracle = new Oracle(seen);
    for (OutgoingRecord record : records) {
      FeatureResult result = ResultReader.read(ByteBuffer.wrap(record.data()));
      assertThat(result.computedAt()).as(run).isEqualTo(nowMillis);
      assertThat(result.version())
          .as("version of %s, %s", result.key(), run)
          .isGreaterThan(versions.getOrDefault(result.key(), 0L));
      versions.put(result.key(), result.version());
      last.put(result.key(), result);
      compare(result, oracle, nowMillis);
    }
  }

  /** Checks that serving reads the right values now: none is missing or out of date. */
  void checkComplete(long nowMillis) {
    Oracle oracle = new Oracle(seen);
    String[] types = group.eventTypes().stream().map(EventType::name).toArray(String[]::new);
    for (String entity : oracle.entities(member, types)) {
      Map<String, Double> expected = oracle.features(group.name(), entity, nowMillis);
      if (expected.values().stream().anyMatch(value -> value != 0)) {
        assertThat(last).as(run).containsKey(entity);
      }
    }
    last.values().forEach(result -> compare(result, oracle, nowMillis));
  }

  private void compare(FeatureResult result, Oracle oracle, long at) {
    checked++;
    Map<String, Double> expected = oracle.features(group.name(), result.key(), at);
    Map<String, Double> found = new HashMap<>();
    for (FeatureValue feature : result.features()) {
      found.put(feature.name(), feature.value());
    }
    if (!found.keySet().equals(expected.keySet())
        || !expected.entrySet().stream()
            .allMatch(each -> isRight(each.getKey(), found, each.getValue()))) {
      assertThat(found)
          .as("%s at %d, computed at %d, %s", result.key(), at, result.computedAt(), run)
          .isEqualTo(expected);
    }
  }

  private boolean isRight(String feature, Map<String, Double> found, double expected) {
    return Oracle.isRight(group, feature, found.get(feature), expected);
  }

  /** Returns the number of results compared. */
  int checked() {
    return checked;
  }
}
