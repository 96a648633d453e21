package dev.freshet.local.platform;

import dev.freshet.aws.emulator.process.KinesisServer;
import dev.freshet.aws.emulator.process.TestKinesis;
import dev.freshet.local.process.RedisStore;
import dev.freshet.testing.redis.ServerContainer;

/**
 * The servers that the platform needs, as users start them, or with {@code -Pcontainers} in
 * containers.
 */
final class TestServers {

  private TestServers() {}

  /** Starts all. */
  static LocalServers start(PlatformOptions options) {
    return ServerContainer.isWanted()
        ? around(new SingleRedis(), new SingleRedis(), options)
        : LocalServers.start(options);
  }

  /** Starts the streams; uses running stores, which are closed with them. */
  static LocalServers around(
      RedisStore stateStore, RedisStore featureStore, PlatformOptions options) {
    KinesisServer kinesis =
        TestKinesis.start(options.kinesisPort(), options.root(), options.workFolder());
    return new LocalServers(kinesis, stateStore, featureStore);
  }
}
