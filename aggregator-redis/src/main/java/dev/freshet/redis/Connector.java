package dev.freshet.redis;

import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.codec.ByteArrayCodec;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Connects to a server or to a cluster. Creates its client on first use and keeps it, even if it
 * cannot connect, as each client has its own threads.
 *
 * <p>Not safe for use by several threads.
 */
final class Connector implements AutoCloseable {

  /**
   * The shortest time between two requests for the cluster's topology. Without it, every command of
   * a batch that reaches the wrong node would request it.
   */
  private static final Duration REFRESH_AFTER_HINT = Duration.ofSeconds(1);

  /**
   * The greatest number of commands that wait while the connection is being restored; more fail at
   * once.
   */
  private static final int MOST_WAITING_COMMANDS = 100_000;

  private final List<RedisURI> nodes;
  private final TimeoutOptions timeout;
  private AbstractRedisClient client;
  private long topologyAskedNanos = System.nanoTime() - REFRESH_AFTER_HINT.toNanos();

  /**
   * @param timeout whether and when a command fails that is not answered
   */
  Connector(List<RedisURI> nodes, TimeoutOptions timeout) {
    this.nodes = nodes;
    this.timeout = timeout;
  }

  /** An open connection. */
  record Connection(
      StatefulConnection<byte[], byte[]> stateful,
      RedisClusterAsyncCommands<byte[], byte[]> commands) {

    void flush() {
      stateful.flushCommands();
    }

    /**
     * Returns the commands of each master, in the order of their ids; without a cluster, of one.
     */
    List<RedisClusterAsyncCommands<byte[], byte[]>> masters() {
      if (!(stateful instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster)) {
        return List.of(commands);
      }
      return cluster.getPartitions().stream()
          .filter(node -> node.getRole().isUpstream() && !node.getSlots().isEmpty())
          .sorted(Comparator.comparing(RedisClusterNode::getNodeId))
          .map(RedisClusterNode::getUri)
          .map(node -> cluster.getConnection(node.getHost(), node.getPort()).async())
          .<RedisClusterAsyncCommands<byte[], byte[]>>map(each -> each)
          .toList();
    }

    void close() {
      stateful.close();
    }

    void closeAsync() {
      var unused = stateful.closeAsync();
    }

    /**
     * Asks how many replicas have the last writes. {@code WAIT} covers only writes of its own
     * connection, so each node is asked over the connection that wrote.
     *
     * @param keys the keys written; in a cluster, only their masters are asked
     */
    List<RedisFuture<Long>> askReplicas(Stream<byte[]> keys, int replicas, Duration atMost) {
      long millis = atMost.toMillis();
      if (!(stateful instanceof StatefulRedisClusterConnection<byte[], byte[]> cluster)) {
        return List.of(commands.waitForReplication(replicas, millis));
      }
      return keys.map(key -> cluster.getPartitions().getPartitionBySlot(SlotHash.getSlot(key)))
          .map(RedisClusterNode::getUri)
          .distinct()
          .map(node -> cluster.getConnection(node.getHost(), node.getPort()).async())
          .map(node -> node.waitForReplication(replicas, millis))
          .toList();
    }
  }

  /** Returns whether there are several nodes; several nodes form a cluster. */
  boolean isCluster() {
    return nodes.size() > 1;
  }

  /**
   * Connects.
   *
   * @param flushes whether commands are written at once, instead of when flushed
   */
  Connection connect(boolean flushes) {
    if (client == null) {
      client = isCluster() ? clusterClient() : singleClient();
    }
    Connection opened = client instanceof RedisClusterClient cluster ? open(cluster) : openSingle();
    opened.stateful.setAutoFlushCommands(flushes);
    return opened;
  }

  private Connection openSingle() {
    var opened = ((RedisClient) client).connect(ByteArrayCodec.INSTANCE);
    return new Connection(opened, opened.async());
  }

  private static Connection open(RedisClusterClient cluster) {
    var opened = cluster.connect(ByteArrayCodec.INSTANCE);
    return new Connection(opened, opened.async());
  }

  /**
   * Requests the topology after a node of a cluster did not answer or refused: another may have
   * taken over. Lettuce requests it only while it restores a connection, not if no connection can
   * be made.
   */
  void askForTopology() {
    long now = System.nanoTime();
    if (client instanceof RedisClusterClient cluster
        && now - topologyAskedNanos >= REFRESH_AFTER_HINT.toNanos()) {
      topologyAskedNanos = now;
      var unused = cluster.refreshPartitionsAsync();
    }
  }

  private RedisClient singleClient() {
    RedisClient single = RedisClient.create(nodes.get(0));
    single.setOptions(options(ClientOptions.builder()).build());
    return single;
  }

  private RedisClusterClient clusterClient() {
    RedisClusterClient cluster = RedisClusterClient.create(nodes);
    cluster.setOptions(clusterOptions());
    return cluster;
  }

  private ClusterClientOptions clusterOptions() {
    ClusterTopologyRefreshOptions refresh =
        ClusterTopologyRefreshOptions.builder()
            .enablePeriodicRefresh(Duration.ofSeconds(30))
            .adaptiveRefreshTriggersTimeout(REFRESH_AFTER_HINT)
            .build();
    ClusterClientOptions.Builder builder = ClusterClientOptions.builder();
    options(builder);
    return builder.topologyRefreshOptions(refresh).build();
  }

  private <B extends ClientOptions.Builder> B options(B builder) {
    builder.requestQueueSize(MOST_WAITING_COMMANDS).timeoutOptions(timeout);
    return builder;
  }

  /** Returns the nodes, without credentials. */
  @Override
  public String toString() {
    return nodes.stream().map(node -> node.getHost() + ":" + node.getPort()).toList().toString();
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }
}
