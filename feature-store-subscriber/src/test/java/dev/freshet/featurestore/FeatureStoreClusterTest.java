package dev.freshet.featurestore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.featurestore.client.FeatureStoreWriter;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.result.FeatureResult;
import dev.freshet.testing.redis.TestRedisCluster;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The feature store on a cluster: the entities of one batch lie on several masters. */
@Tag("containers")
@Tag("verify")
class FeatureStoreClusterTest {

  private static final int ENTITIES = 60;

  @Test
  void aMasterThatForgotTheScriptIsToldAgainWhicheverEntityComesFirst() throws IOException {
    try (TestRedisCluster cluster = new TestRedisCluster();
        Redis redis = cluster.connect()) {
      FeatureStoreWriter writer = new FeatureStoreWriter(redis, Duration.ofDays(1), Metrics.NONE);
      for (int version = 1; version <= 8; version++) {
        List<FeatureResult> batch = new ArrayList<>(batch(version));
        Collections.rotate(batch, version);
        writer.write(batch);
        assertThat(writer.write(batch).stored()).as("all are there").isZero();
        cluster.forgetScriptsOfSecond();
      }
    }
  }

  private static List<FeatureResult> batch(int version) {
    return IntStream.range(0, ENTITIES)
        .mapToObj(i -> Results.of("g", "entity" + i, version, "a", version))
        .toList();
  }
}
