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
import java.util.List;
import java.util.stream.Stream;

/**
 * Connects to a server or to a cluster. Its client is made at the first use and kept, also where it
 * could not connect: each has threads of its own.
 *
 * <p>Not safe for use by several threads.
 */
final class Connector implements AutoCloseable {

  /**
   * How often the cluster's topology is asked for at most when something hints at a change: without
   * a limit every command of a batch that comes to the wrong node would ask.
   */
  private static final Duration REFRESH_AFTER_HINT = Duration.ofSeconds(1);

  /** Commands that may wait while the connection is being restored; more are refused at once. */
  private static final int MOST_WAITING_COMMANDS = 100_000;

  private final List<RedisURI> nodes;
  private final Duration timeout;
  private AbstractRedisClient client;
  private long topologyAskedNanos = System.nanoTime() - REFRESH_AFTER_HINT.toNanos();

  Connector(List<RedisURI> nodes, Duration timeout) {
    this.nodes = nodes;
    this.timeout = timeout;
  }

  /** A connection that writes when it is told to. */
  record Connection(
      StatefulConnection<byte[], byte[]> stateful,
      RedisClusterAsyncCommands<byte[], byte[]> commands) {

    void flush() {
      stateful.flushCommands();
    }

    void close() {
      stateful.close();
    }

    void closeAsync() {
      var unused = stateful.closeAsync();
    }

    /**
     * Asks how many replicas have what was written. {@code WAIT} tells about the writes of its own
     * connection: each node is asked over that.
     *
     * @param keys what was written; of a cluster, only the masters of these are asked
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

  /** Several nodes are a cluster. */
  boolean isCluster() {
    return nodes.size() > 1;
  }

  Connection connect() {
    if (client == null) {
      client = isCluster() ? clusterClient() : singleClient();
    }
    Connection opened = client instanceof RedisClusterClient cluster ? open(cluster) : openSingle();
    opened.stateful.setAutoFlushCommands(false);
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
   * Where a node of a cluster is silent or refuses, another may have taken over. Lettuce asks by
   * itself only while it restores a connection, not while none can be made.
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
    builder.requestQueueSize(MOST_WAITING_COMMANDS).timeoutOptions(TimeoutOptions.enabled(timeout));
    return builder;
  }

  @Override
  public void close() {
    if (client != null) {
      client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    }
  }
}
