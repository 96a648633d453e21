package dev.freshet.testing;

import dev.freshet.redis.Redis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import redis.embedded.RedisServer;

/** A real cluster of two masters that share the slots; close it. */
public final class TestRedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;
  private static final Duration MOST_PATIENCE = Duration.ofSeconds(15);

  private final RedisServer first;
  private final RedisServer second;

  public TestRedisCluster() throws IOException {
    first = start();
    second = start();
    with(first, redis -> redis.clusterAddSlots(slots(0, SLOTS / 2)));
    with(second, redis -> redis.clusterAddSlots(slots(SLOTS / 2, SLOTS)));
    with(first, redis -> redis.clusterMeet("127.0.0.1", port(second)));
    awaitAgreement(first);
    awaitAgreement(second);
  }

  private static RedisServer start() throws IOException {
    return TestRedis.startServer(
        "cluster-enabled yes",
        "cluster-node-timeout 2000",
        "cluster-config-file nodes-" + TestRedis.freePort() + ".conf",
        "dir " + java.nio.file.Files.createTempDirectory("freshet-cluster"));
  }

  /** The nodes, separated by commas. */
  public String url() {
    return url(first) + "," + url(second);
  }

  /** A connection of its own; close it. */
  public Redis connect() {
    return Redis.at(url(), Duration.ofSeconds(5));
  }

  /** The second master forgets its scripts, as one does that took over from a failed one. */
  public void forgetScriptsOfSecond() {
    with(second, RedisCommands::scriptFlush);
  }

  private static void awaitAgreement(RedisServer server) {
    long end = System.nanoTime() + MOST_PATIENCE.toNanos();
    with(
        server,
        redis -> {
          while (!redis.clusterInfo().contains("cluster_state:ok")) {
            if (System.nanoTime() > end) {
              throw new IllegalStateException("the cluster is not ready: " + redis.clusterInfo());
            }
            Thread.onSpinWait();
          }
        });
  }

  private static void with(RedisServer server, Consumer<RedisCommands<String, String>> commands) {
    RedisClient client = RedisClient.create(url(server));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      commands.accept(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  private static int[] slots(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  private static String url(RedisServer server) {
    return "redis://127.0.0.1:" + port(server);
  }

  private static int port(RedisServer server) {
    return server.ports().get(0);
  }

  @Override
  public void close() throws IOException {
    for (RedisServer server : List.of(first, second)) {
      server.stop();
    }
  }
}
