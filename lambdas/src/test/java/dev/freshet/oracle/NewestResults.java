package dev.freshet.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.result.ResultReader;
import dev.freshet.stream.OutgoingRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What stands at the end: of each key the result of the greatest version. */
public final class NewestResults {

  private final FeatureGroup group;
  private final Map<String, FeatureResult> newest = new HashMap<>();
  private final Map<String, Set<Long>> versions = new HashMap<>();

  public NewestResults(FeatureGroup group) {
    this.group = group;
  }

  /**
   * Adds what one instance has published, in the order it did.
   *
   * @throws AssertionError if a version of a key does not grow, or another instance has used it
   */
  public void add(List<OutgoingRecord> published) {
    Map<String, Long> last = new HashMap<>();
    for (OutgoingRecord record : published) {
      FeatureResult result = read(record);
      String key = result.key();
      assertThat(result.version())
          .as("version of %s %s", group, key)
          .isGreaterThan(last.getOrDefault(key, 0L));
      last.put(key, result.version());
      assertThat(versions.computeIfAbsent(key, unseen -> new HashSet<>()).add(result.version()))
          .as("version %d of %s %s is used once", result.version(), group, key)
          .isTrue();
      newest.merge(key, result, (a, b) -> a.version() > b.version() ? a : b);
    }
  }

  /** Each key has the features that the oracle has at the instant of its result. */
  public void equal(Oracle oracle, Collection<String> keys) {
    assertThat(newest.keySet()).containsExactlyInAnyOrderElementsOf(keys);
    newest.forEach((key, result) -> check(result, oracle));
  }

  private void check(FeatureResult result, Oracle oracle) {
    Map<String, Double> found =
        result.features().stream()
            .collect(Collectors.toMap(FeatureValue::name, FeatureValue::value));
    check(group, result.key(), found, oracle, result.computedAt());
  }

  /** The features of a key are those that the oracle has at an instant. */
  public static void check(
      FeatureGroup group, String key, Map<String, Double> found, Oracle oracle, long atMillis) {
    Map<String, Double> expected = oracle.features(group.name(), key, atMillis);
    assertThat(found.keySet()).as("features of %s %s", group, key).isEqualTo(expected.keySet());
    expected.forEach(
        (name, value) ->
            assertThat(Oracle.isRight(group, name, found.get(name), value))
                .as("%s of %s %s is %s, not %s", name, group, key, found.get(name), value)
                .isTrue());
  }

  private static FeatureResult read(OutgoingRecord record) {
    try {
      return ResultReader.read(ByteBuffer.wrap(record.data()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
