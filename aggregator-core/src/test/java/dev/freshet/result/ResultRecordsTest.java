package dev.freshet.result;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.freshet.result.FeatureResult.FeatureValue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ResultRecordsTest {

  @Test
  void resultsOfABatchShareRecordsOfAtMost25kB() throws IOException {
    long seed = 11;
    Random random = new Random(seed);
    for (int step = 0; step < 200; step++) {
      List<FeatureResult> results = new ArrayList<>();
      for (int i = random.nextInt(400); i > 0; i--) {
        results.add(result("k\n" + i, random.nextInt(random.nextInt(40) == 0 ? 2_000 : 20)));
      }
      ResultRecords packed = ResultRecords.of(results);
      List<FeatureResult> read = new ArrayList<>();
      BitSet seen = new BitSet();
      for (int i = 0; i < packed.records().size(); i++) {
        byte[] data = packed.records().get(i).data();
        List<FeatureResult> its = ResultRecords.read(data);
        assertThat(data.length <= 25_000 || its.size() == 1).as("seed %d, %d", seed, step).isTrue();
        assertThat(packed.records().get(i).partitionKey()).isEqualTo("d:" + its.get(0).key());
        BitSet one = new BitSet();
        one.set(i);
        BitSet expected = new BitSet();
        expected.set(read.size(), read.size() + its.size());
        assertThat(packed.results(one)).as("seed %d, %d", seed, step).isEqualTo(expected);
        seen.or(expected);
        read.addAll(its);
      }
      assertThat(read).as("seed %d, %d", seed, step).isEqualTo(results);
      assertThat(seen.cardinality()).isEqualTo(results.size());
    }
  }

  @Test
  void recordsAreFilledBeforeTheNextOneBegins() {
    List<FeatureResult> results = Collections.nCopies(300, result("7", 5));
    int bytes = ResultJson.write(results.get(0)).length + 1;
    assertThat(ResultRecords.of(results).records()).hasSize((300 * bytes + 24_999) / 25_000);
    assertThat(ResultRecords.of(List.of()).records()).isEmpty();
  }

  @Test
  void aRecordOfOneResultAndEmptyLinesAreRead() throws IOException {
    FeatureResult result = result("7", 2);
    String line = new String(ResultJson.write(result), UTF_8);
    assertThat(ResultRecords.read(line.getBytes(UTF_8))).containsExactly(result);
    assertThat(ResultRecords.read(("\n" + line + "\n\n" + line + "\n").getBytes(UTF_8)))
        .containsExactly(result, result);
    for (String bad : List.of("", "\n", line + "\n7", line + line)) {
      assertThatExceptionOfType(IOException.class)
          .as(bad)
          .isThrownBy(() -> ResultRecords.read(bad.getBytes(UTF_8)));
    }
  }

  private static FeatureResult result(String key, int features) {
    List<FeatureValue> values = new ArrayList<>();
    for (int i = 0; i < features; i++) {
      values.add(new FeatureValue("feature_" + i, i / 8.0));
    }
    return new FeatureResult(
        "g",
        "d",
        key,
        1_777_896_000_000_123L,
        1_777_896_000_000L,
        1_777_895_999_000L,
        OptionalLong.empty(),
        Trigger.EVENT,
        values);
  }
}
