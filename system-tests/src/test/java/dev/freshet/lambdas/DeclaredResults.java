package dev.freshet.lambdas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.oracle.DeclarationOracle;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.testing.FakeSink;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/** Compares the results of a random declaration with its oracle. */
final class DeclaredResults {

  private final DeclarationOracle oracle;
  private final String run;
  private final FakeSink results;
  private final Map<String, FeatureResult> last = new HashMap<>();
  private final Set<String> unpublished = new HashSet<>();
  private int checked;

  DeclaredResults(DeclarationOracle oracle, String run, FakeSink results) {
    this.oracle = oracle;
    this.run = run;
    this.results = results;
  }

  /**
   * Adds the events that were delivered.
   *
   * @param done the number of events, from the first, that are done
   * @param stepped the entities whose other events are in the state
   */
  void saw(List<Incoming> batch, int done, Set<String> stepped, long nowMillis) {
    unpublished.addAll(stepped);
    for (int i = 0; i < batch.size(); i++) {
      var event = batch.get(i).event();
      String entity = oracle.entity(event);
      if (i < done || (entity != null && stepped.contains(entity))) {
        oracle.saw(event, nowMillis);
      }
    }
  }

  /**
   * Checks that every result published since the last call is right at its own instant, which is
   * now.
   */
  void check(long nowMillis) throws IOException {
    for (FeatureResult result : results.drainResults()) {
      assertThat(result.computedAt()).as(run).isEqualTo(nowMillis);
      unpublished.remove(result.key());
      FeatureResult before = last.put(result.key(), result);
      assertThat(result.version())
          .as("version of %s, %s", result.key(), run)
          .isGreaterThan(before == null ? 0 : before.version());
      assertThat(oracle.isNewest(result.eventTime(), result.key(), nowMillis))
          .as("%d as event time of %s, %s", result.eventTime(), result.key(), run)
          .isTrue();
      compare(result, nowMillis);
    }
  }

  /**
   * Checks that serving reads the right values of every entity now: none is missing or out of date.
   */
  void checkComplete(long nowMillis) {
    assertThat(last.keySet()).as(run).isEqualTo(oracle.entities());
    last.values().forEach(result -> compare(result, nowMillis));
  }

  /**
   * Checks that serving reads the right values now, except for entities whose results were lost.
   */
  void checkRecalculated(long nowMillis) {
    last.values().stream()
        .filter(result -> !unpublished.contains(result.key()))
        .forEach(result -> compare(result, nowMillis));
  }

  /** Returns the next instant at which a published result ends to be valid. */
  OptionalLong nextChange(long nowMillis) {
    return last.values().stream()
        .flatMapToLong(result -> result.validUntil().stream())
        .filter(instant -> instant > nowMillis)
        .min();
  }

  private void compare(FeatureResult result, long at) {
    checked++;
    Map<String, Object> found = new HashMap<>();
    for (FeatureValue each : result.features()) {
      found.put(each.name(), each.text() == null ? (Object) each.value() : each.text());
    }
    assertThat(oracle.difference(found, result.key(), at))
        .as("%s at %d, computed at %d, %s", result.key(), at, result.computedAt(), run)
        .isNull();
    assertThat(result.completeSince()).as(run).isEmpty();
    assertThat(oracle.isValidUntil(result.validUntil(), result.key(), at))
        .as(
            "%s as valid until of %s at %d, %s, %s",
            result.validUntil(), result.key(), at, found, run)
        .isTrue();
  }

  /** Returns the number of results compared. */
  int checked() {
    return checked;
  }
}
