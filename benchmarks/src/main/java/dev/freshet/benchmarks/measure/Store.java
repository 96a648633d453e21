package dev.freshet.benchmarks.measure;

import dev.freshet.local.process.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A Redis of our own, and a connection beside the measured ones to ask it how it is doing. */
public final class Store implements AutoCloseable {

  /** The nodes of a cluster talk to one another at their ports plus this. */
  private static final int BUS_OFFSET = 10_000;

  private static final int LAST_PORT = 65_535;
  private static final Duration COPY_LIMIT = Duration.ofMinutes(2);

  private static final Pattern CLIENT_MEMORY = Pattern.compile(" tot-mem=(\\d+)");

  private final RedisServer server;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  private Store(RedisServer server) {
    this.server = server;
    this.client = RedisClient.create(server.url());
    this.connection = client.connect();
  }

  /**
   * Starts a server at a free port.
   *
   * @param folder for its log
   */
  public static Store start(String name, Path folder) {
    return new Store(RedisServer.start(name, freePort(), "another run", folder));
  }

  /** A node of a cluster that is still to be formed. */
  static Store startClusterNode(String name, Path folder) {
    int port = freePort();
    while (port + BUS_OFFSET > LAST_PORT) {
      port = freePort();
    }
    List<String> options =
        List.of("--cluster-enabled", "yes", "--cluster-config-file", "nodes-" + port + ".conf");
    return new Store(RedisServer.start(name, port, "another run", folder, options));
  }

  public String url() {
    return server.url();
  }

  public int port() {
    return Integer.parseInt(server.url().substring(server.url().lastIndexOf(':') + 1));
  }

  public RedisCommands<String, String> commands() {
    return connection.sync();
  }

  public void clear() {
    connection.sync().flushall();
  }

  /** A number that the server tells of itself. */
  double info(String section, String field) {
    return number(commands().info(section), field);
  }

  private static double number(String info, String field) {
    String start = field + ":";
    return info.lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length()).strip()))
        .findFirst()
        .orElse(0);
  }

  /** The processor time that the server has used so far. */
  public long cpuNanos() {
    String info = commands().info("cpu");
    return (long) ((number(info, "used_cpu_user") + number(info, "used_cpu_sys")) * 1e9);
  }

  /** Memory of the server without what its clients and replicas take at this moment. */
  public double dataBytes() {
    String info = commands().info("memory");
    long clients =
        CLIENT_MEMORY
            .matcher(commands().clientList())
            .results()
            .mapToLong(found -> Long.parseLong(found.group(1)))
            .sum();
    return number(info, "used_memory") - number(info, "mem_total_replication_buffers") - clients;
  }

  public String version() {
    return commands()
        .info("server")
        .lines()
        .filter(line -> line.startsWith("redis_version:"))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst()
        .orElse("unknown");
  }

  /** Takes over all that another one holds. */
  public void copyOf(Store other) {
    follow(other);
    commands().replicaofNoOne();
  }

  /** Becomes a replica of another one; returns when it has all that the other holds. */
  public void follow(Store other) {
    other.commands().configSet("repl-diskless-sync-delay", "0");
    commands().replicaof("127.0.0.1", other.port());
    long deadline = System.nanoTime() + COPY_LIMIT.toNanos();
    while (!commands().info("replication").contains("master_link_status:up")) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the copy of the state was not made in " + COPY_LIMIT);
      }
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  @Override
  public void close() {
    connection.close();
    client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
    server.close();
  }

  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
