package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.featurestore.client.FeastFormat;
import dev.freshet.lambdas.OrderJson;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.redis.Redis;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests that the functions of a local platform take settings that their template leaves open. */
@Tag("verify")
class FeastIT {

  private static final Map<String, String> FEAST =
      Map.of("FEATURE_STORE_FORMAT", "feast", "FEAST_PROJECT", "shop");

  @AfterEach
  void forgetSettings() {
    FEAST.keySet().forEach(System::clearProperty);
  }

  @Test
  void featuresAreStoredForFeastsClients() throws Exception {
    FEAST.forEach(System::setProperty);
    try (TestPlatform platform = new TestPlatform();
        Redis store = Redis.at(platform.platform().featureStoreUrl(), Duration.ofSeconds(10))) {
      byte[] event = OrderJson.delivery("e1", TestPlatform.CLOCK.millis(), "k7", 12).bytes();
      platform.put(
          List.of(new OutgoingEvent("order-delivered", "k7", event, Optional.empty())).iterator());
      platform.awaitDone();

      assertThat(keys(store, FeastFormat.KEYS)).isOne();
      assertThat(keys(store, "features:*")).isZero();
    }
  }

  private static int keys(Redis store, String pattern) {
    return store.ask(commands -> commands.keys(pattern)).size();
  }
}
