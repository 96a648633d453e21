package dev.freshet.featurestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.testing.HostileIds;
import dev.freshet.testing.redis.TestRedis;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every id has a hash of its own, whatever characters it has. */
@Tag("verify")
class HostileEntitiesTest {

  @Test
  void noneReachesAnotherOnOneRedis() {
    check(TestRedis.url());
  }

  @Test
  void noneReachesAnotherOnACluster() throws IOException {
    try (TestRedisCluster cluster = new TestRedisCluster()) {
      check(cluster.url());
    }
  }

  private static void check(String url) {
    try (Redis redis = Redis.at(url, Duration.ofSeconds(30));
        FeatureStoreReader reader = FeatureStoreReader.connect(url)) {
      FeatureStoreWriter writer = new FeatureStoreWriter(redis, Duration.ofDays(1), Metrics.NONE);
      for (String group : List.of("hostile", "hostile_ids")) {
        assertThat(writer.write(results(group)).stored()).isEqualTo(HostileIds.ALL.size());
        assertThat(writer.write(results(group)).stored()).as("all are there").isZero();
      }
      for (int i = 0; i < HostileIds.ALL.size(); i++) {
        assertThat(
                reader.read(
                    "hostile_dimension", HostileIds.ALL.get(i), "hostile:n", "hostile_ids:n"))
            .as("id '%s'", HostileIds.ALL.get(i))
            .containsEntry("hostile:n", (double) i)
            .containsEntry("hostile_ids:n", (double) i);
      }
    }
  }

  private static List<FeatureResult> results(String group) {
    return IntStream.range(0, HostileIds.ALL.size())
        .mapToObj(i -> Results.of(group, HostileIds.ALL.get(i), 1 + i, "n", i))
        .map(HostileEntitiesTest::ofOwnDimension)
        .toList();
  }

  private static FeatureResult ofOwnDimension(FeatureResult result) {
    return new FeatureResult(
        result.featureGroup(),
        "hostile_dimension",
        result.key(),
        result.version(),
        result.computedAt(),
        result.eventTime(),
        result.validUntil(),
        result.completeSince(),
        result.trigger(),
        result.features(),
        result.absent(),
        result.archived());
  }
}
