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
   * Starts a cluster whose second master is reached through a gateway.
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

  /** Waits long before it regards the other node as dead, as the machine may be busy. */
  private static ClusterNode start() throws IOException {
    int port = TestRedis.freePort();
    return ClusterNode.startPatient(port, port);
  }

  /** Returns the first node twice; clients find the other one through it. */
  public String urlOfFirst() {
    return first.url() + "," + first.url();
  }

  /** The nodes, separated by commas. */
  public String url() {
    return first.url() + "," + second.url();
  }

  /** Opens a separate connection; close it. */
  public Redis connect() {
    return Redis.at(url(), Duration.ofSeconds(30));
  }

  /** Flushes the scripts of the second master, like after a fail-over. */
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
