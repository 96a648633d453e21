package dev.freshet.local.platform;

import dev.freshet.aws.emulator.process.KinesisEmulator;
import dev.freshet.aws.emulator.process.KinesisServer;
import dev.freshet.local.process.RedisServer;
import dev.freshet.local.process.RedisStore;
import java.nio.file.Path;
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
    Path folder = options.workFolder();
    var kinesis =
        CompletableFuture.supplyAsync(
            () ->
                KinesisEmulator.start(
                    options.kinesisPort(), "--kinesis-port", options.root(), folder));
    var stateStore = redis("state-store", options.stateStorePort(), folder);
    var featureStore = redis("feature-store", options.featureStorePort(), folder);
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

  private static CompletableFuture<RedisServer> redis(String name, int port, Path folder) {
    return CompletableFuture.supplyAsync(
        () -> RedisServer.start(name, port, "--" + name + "-port", folder));
  }

  @Override
  public void close() {
    Closing.all(List.of(kinesis, stateStore, featureStore));
  }
}
