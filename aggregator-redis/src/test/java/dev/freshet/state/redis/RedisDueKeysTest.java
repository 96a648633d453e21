package dev.freshet.state.redis;

import dev.freshet.contract.DueKeysContract;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import org.junit.jupiter.api.Tag;

@Tag("containers")
@Tag("verify")
class RedisDueKeysTest extends DueKeysContract {

  private static final Redis REDIS = TestRedis.shared();

  @Override
  protected Indexed indexed(FeatureGroup group) {
    return new Indexed(
        RedisStateStore.of(group, REDIS, Duration.ofDays(90), Metrics.NONE),
        new RedisDueKeys(group, REDIS));
  }
}
