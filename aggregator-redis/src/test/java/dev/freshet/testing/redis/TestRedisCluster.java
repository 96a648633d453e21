package dev.freshet.testing.redis;

import dev.freshet.redis.Redis;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.IntStream;

/** A real cluster of two masters that share the slots; close it. */
public final class TestRedisCluster implements AutoCloseable {

  private static final int SLOTS = 16_384;

  private final ClusterNode first;
  private final ClusterNode second;

  public TestRedisCluster() throws IOException {
    this(start());
  }

  /**
   * A cluster whose second master is reached by way of a gateway.
   *
   * @param port where the second master listens
   * @param announcedPort where clients are sent to
   */
  public TestRedisCluster(int port, int announcedPort) throws IOException {
    this(ClusterNode.startPatient(port, announcedPort));
  }

  private TestRedisCluster(ClusterNode second) throws IOException {
    this.first = start();
    this.second = second;
    first.tell(redis -> redis.clusterAddSlots(slots(0, SLOTS / 2)));
    second.tell(redis -> redis.clusterAddSlots(slots(SLOTS / 2, SLOTS)));
    first.tell(redis -> redis.clusterMeet("127.0.0.1", second.port()));
    first.awaitAgreement();
    second.awaitAgreement();
  }

  /** A busy machine is no reason for the other node to be taken for dead. */
  private static ClusterNode start() throws IOException {
    int port = TestRedis.freePort();
    return ClusterNode.startPatient(port, port);
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

  /** The second master forgets its scripts, as one does that took over from a failed one. */
  public void forgetScriptsOfSecond() {
    second.tell(RedisCommands::scriptFlush);
  }

  private static int[] slots(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  @Override
  public void close() {
    first.stop();
    second.stop();
  }
}
