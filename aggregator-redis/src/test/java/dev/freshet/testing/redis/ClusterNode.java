package dev.freshet.testing.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** A real server, in a cluster or alone. */
final class ClusterNode {

  private static final Duration MOST_PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Duration A_MINUTE = Duration.ofMinutes(1);

  private final TestServer server;
  private boolean isAlive = true;

  private ClusterNode(TestServer server) {
    this.server = server;
  }

  /**
   * Creates a node that knows no other.
   *
   * @param nodeTimeout the silence after which it regards another node as dead
   */
  static ClusterNode start(Duration nodeTimeout) throws IOException {
    int port = TestRedis.freePort();
    return start(port, port, nodeTimeout);
  }

  /**
   * Creates a node that knows no other, and waits long for silent nodes.
   *
   * @param announcedPort the port that others send clients to
   */
  static ClusterNode startPatient(int port, int announcedPort) throws IOException {
    return start(port, announcedPort, A_MINUTE);
  }

  private static ClusterNode start(int port, int announcedPort, Duration nodeTimeout)
      throws IOException {
    return new ClusterNode(
        TestRedis.startServer(
            port,
            "cluster-enabled yes",
            "cluster-announce-port " + announcedPort,
            "cluster-node-timeout " + nodeTimeout.toMillis(),
            "cluster-config-file nodes-" + TestRedis.freePort() + ".conf"));
  }

  /** A new server of no cluster. */
  static ClusterNode alone(String... settings) throws IOException {
    return new ClusterNode(TestRedis.startServer(settings));
  }

  String url() {
    return "redis://127.0.0.1:" + port();
  }

  int port() {
    return server.port();
  }

  /** Returns its id in the cluster. */
  String id() {
    return ask(RedisCommands::clusterMyId);
  }

  boolean isAlive() {
    return isAlive;
  }

  /** Ends the server with SIGKILL. */
  void kill() {
    server.kill();
    isAlive = false;
  }

  /** The process does nothing until {@link #resume}: its connections stay open. */
  void suspend() {
    server.suspend();
  }

  void resume() {
    server.resume();
  }

  /** Waits until the node sees something; quotes what it sees if that does not happen. */
  void await(Function<RedisCommands<String, String>, String> view, Predicate<String> condition) {
    tell(
        redis -> {
          long end = System.nanoTime() + MOST_PATIENCE.toNanos();
          for (String seen = view.apply(redis); !condition.test(seen); seen = view.apply(redis)) {
            if (System.nanoTime() > end) {
              throw new IllegalStateException(url() + " still sees " + seen);
            }
            LockSupport.parkNanos(POLL.toNanos());
          }
        });
  }

  /** Waits until all slots are served, as far as this node knows. */
  void awaitAgreement() {
    await(RedisCommands::clusterInfo, info -> info.contains("cluster_state:ok"));
  }

  void tell(Consumer<RedisCommands<String, String>> commands) {
    ask(
        redis -> {
          commands.accept(redis);
          return true;
        });
  }

  <T> T ask(Function<RedisCommands<String, String>, T> commands) {
    RedisClient client = RedisClient.create(RedisURI.create(url()));
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      return commands.apply(connection.sync());
    } finally {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }

  void stop() {
    server.stop();
  }
}
