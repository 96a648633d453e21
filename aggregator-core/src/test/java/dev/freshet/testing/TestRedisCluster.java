package dev.freshet.testing;

import dev.freshet.redis.Redis;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/** A real cluster of two masters that share the slots; close it. */
public final class TestRedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;

  private final ClusterNode first;
  private final ClusterNode second;

  public TestRedisCluster() throws IOException {
    first = ClusterNode.start();
    second = ClusterNode.start();
    first.tell(redis -> redis.clusterAddSlots(slots(0, SLOTS / 2)));
    second.tell(redis -> redis.clusterAddSlots(slots(SLOTS / 2, SLOTS)));
    first.tell(redis -> redis.clusterMeet("127.0.0.1", second.port()));
    first.awaitAgreement();
    second.awaitAgreement();
  }

  /** The first node twice: the other one is found by way of it. */
  public String urlOfFirst() {
    return first.url() + "," + first.url();
  }

  /** The nodes, separated by commas. */
  public String url() {
    return first.url() + "," + second.url();
  }

  /** A connection of its own; close it. */
  public Redis connect() {
    return Redis.at(url(), Duration.ofSeconds(5));
  }

  public int portOfSecond() {
    return second.port();
  }

  /** From now on clients are sent to the second master by way of another port. */
  public void announceSecondAt(int port) {
    second.tell(redis -> redis.configSet("cluster-announce-port", Integer.toString(port)));
    for (ClusterNode node : List.of(first, second)) {
      node.await(RedisCommands::clusterNodes, nodes -> nodes.contains(":" + port + "@"));
    }
  }

  /** The second master forgets its scripts, as one does that took over from a failed one. */
  public void forgetScriptsOfSecond() {
    second.tell(RedisCommands::scriptFlush);
  }

  private static int[] slots(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  @Override
  public void close() throws IOException {
    for (ClusterNode node : List.of(first, second)) {
      node.stop();
    }
  }
}
