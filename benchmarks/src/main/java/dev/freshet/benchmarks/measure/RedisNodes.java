package dev.freshet.benchmarks.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One Redis, or the masters of a Redis Cluster. */
public record RedisNodes(List<RedisNode> nodes) implements AutoCloseable {

  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;

  public static RedisNodes single(Path folder) {
    return new RedisNodes(List.of(RedisNode.start("state-store", folder)));
  }

  public static RedisNodes cluster(Path folder) {
    RedisNodes cluster = new RedisNodes(new ArrayList<>());
    try {
      for (int i = 0; i < MASTERS; i++) {
        RedisNode node = RedisNode.startClusterNode("cluster-" + i, folder);
        cluster.nodes.add(node);
        int first = i;
        int[] slots = IntStream.range(0, SLOTS).filter(slot -> slot % MASTERS == first).toArray();
        node.commands().clusterAddSlots(slots);
        node.commands().clusterMeet("127.0.0.1", cluster.nodes.get(0).port());
      }
      cluster.nodes.forEach(node -> node.await("the cluster", () -> isFormed(node)));
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static boolean isFormed(RedisNode node) {
    String info = node.commands().clusterInfo();
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
  }

  /** Returns the address as Redis clients write it. */
  public String url() {
    return nodes.stream().map(RedisNode::url).collect(Collectors.joining(","));
  }

  public String version() {
    return nodes.get(0).version() + (nodes.size() > 1 ? ", cluster of " + nodes.size() : "");
  }

  /** Returns the processor time of each node so far. */
  public long[] cpuNanos() {
    return nodes.stream().mapToLong(RedisNode::cpuNanos).toArray();
  }

  @Override
  public void close() {
    nodes.forEach(RedisNode::close);
  }
}
