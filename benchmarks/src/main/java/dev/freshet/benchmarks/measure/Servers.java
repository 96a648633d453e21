package dev.freshet.benchmarks.measure;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One Redis, or the masters of a Redis Cluster. */
public record Servers(List<Store> nodes) implements AutoCloseable {

  private static final int MASTERS = 3;
  private static final int SLOTS = 16_384;
  private static final Duration FORMED_LIMIT = Duration.ofSeconds(30);

  public static Servers single(Path folder) {
    return new Servers(List.of(Store.start("state-store", folder)));
  }

  public static Servers cluster(Path folder) {
    List<Store> nodes = new ArrayList<>();
    try {
      for (int i = 0; i < MASTERS; i++) {
        nodes.add(Store.startClusterNode("cluster-" + i, folder));
        int first = i;
        nodes
            .get(i)
            .commands()
            .clusterAddSlots(
                IntStream.range(0, SLOTS).filter(slot -> slot % MASTERS == first).toArray());
        nodes.get(i).commands().clusterMeet("127.0.0.1", nodes.get(0).port());
      }
      awaitFormed(nodes);
      return new Servers(nodes);
    } catch (RuntimeException e) {
      nodes.forEach(Store::close);
      throw e;
    }
  }

  private static void awaitFormed(List<Store> nodes) {
    long deadline = System.nanoTime() + FORMED_LIMIT.toNanos();
    while (!nodes.stream().allMatch(Servers::isFormed)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the cluster was not formed within " + FORMED_LIMIT);
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static boolean isFormed(Store node) {
    String info = node.commands().clusterInfo();
    return info.contains("cluster_state:ok") && info.contains("cluster_known_nodes:" + MASTERS);
  }

  /** As Redis clients write it. */
  public String url() {
    return nodes.stream().map(Store::url).collect(Collectors.joining(","));
  }

  public String version() {
    return nodes.get(0).version() + (nodes.size() > 1 ? ", cluster of " + nodes.size() : "");
  }

  /** The processor time of each node so far. */
  public List<Long> cpuNanos() {
    return nodes.stream().map(Store::cpuNanos).toList();
  }

  @Override
  public void close() {
    nodes.forEach(Store::close);
  }
}
