package dev.freshet.benchmarks.measure;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** One Redis, or the masters of a Redis Cluster. */
public record RedisNodes(List<RedisNode> nodes) implements AutoCloseable {

  /**
   * Starts a server, or a cluster of several.
   *
   * @param name of the logs
   */
  public static RedisNodes start(String name, int masters, Path folder) {
    return masters == 1
        ? new RedisNodes(List.of(RedisNode.start(name, folder)))
        : cluster(name, new Masters(masters), folder);
  }

  private static RedisNodes cluster(String name, Masters masters, Path folder) {
    RedisNodes cluster = new RedisNodes(new ArrayList<>());
    try {
      for (int i = 0; i < masters.count(); i++) {
        RedisNode node = RedisNode.startClusterNode(name + "-" + i, folder);
        cluster.nodes.add(node);
        node.commands().clusterAddSlots(masters.slots(i));
        node.commands().clusterMeet("127.0.0.1", cluster.nodes.get(0).port());
      }
      cluster.nodes.forEach(
          node -> node.await("the cluster", () -> isFormed(node, masters.count())));
      return cluster;
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
  }

  private static boolean isFormed(RedisNode node, int masters) {
    String info = node.commands().clusterInfo();
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + masters);
  }

  /** Returns the address as Redis clients write it. */
  public String url() {
    return nodes.stream().map(RedisNode::url).collect(Collectors.joining(","));
  }

  public String version() {
    return nodes.get(0).version();
  }

  /** Returns the processor time of each node so far, in nanoseconds. */
  public double[] cpuNanos() {
    return nodes.stream().mapToDouble(RedisNode::cpuNanos).toArray();
  }

  /** Returns the bytes that all nodes have sent so far. */
  public long bytesOut() {
    return nodes.stream().mapToLong(RedisNode::bytesOut).sum();
  }

  public void clear() {
    nodes.forEach(RedisNode::clear);
  }

  @Override
  public void close() {
    nodes.forEach(RedisNode::close);
  }
}
