package dev.freshet.local.platform;

import dev.freshet.aws.emulator.process.KinesisEmulator;
import dev.freshet.aws.emulator.process.KinesisServer;
import dev.freshet.local.process.RedisServer;
import dev.freshet.local.process.RedisStore;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/**
 * The servers of the platform.
 *
 * @param kinesis the streams
 * @param stateStore the Redis that functions keep their state in
 * @param featureStore the Redis that models read
 */
record LocalServers(KinesisServer kinesis, RedisStore stateStore, RedisStore featureStore)
    implements AutoCloseable {

  /** Starts all at the same time; if one fails, stops the others. */
  static LocalServers start(PlatformOptions options) {
    var kinesis = CompletableFuture.supplyAsync(() -> kinesis(options));
    var stateStore = CompletableFuture.supplyAsync(() -> stateStore(options));
    var featureStore = CompletableFuture.supplyAsync(() -> featureStore(options));
    try {
      CompletableFuture.allOf(kinesis, stateStore, featureStore).join();
      return new LocalServers(kinesis.join(), stateStore.join(), featureStore.join());
    } catch (CompletionException e) {
      Closing.all(
          Stream.of(kinesis, stateStore, featureStore)
              .filter(server -> !server.isCompletedExceptionally())
              .map(CompletableFuture::join)
              .toList());
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static KinesisEmulator kinesis(PlatformOptions options) {
    return KinesisEmulator.start(
        options.kinesisPort(), "--kinesis-port", options.root(), options.workFolder());
  }

  private static RedisServer stateStore(PlatformOptions options) {
    return RedisServer.start(
        "state-store", options.stateStorePort(), "--state-store-port", options.workFolder());
  }

  private static RedisServer featureStore(PlatformOptions options) {
    return RedisServer.start(
        "feature-store", options.featureStorePort(), "--feature-store-port", options.workFolder());
  }

  @Override
  public void close() {
    Closing.all(List.of(kinesis, stateStore, featureStore));
  }
}
