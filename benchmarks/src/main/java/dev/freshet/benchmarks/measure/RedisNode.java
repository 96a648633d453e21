package dev.freshet.benchmarks.measure;

import dev.freshet.local.process.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;

/** A Redis of our own, and a connection beside the measured ones to ask it how it is doing. */
public final class RedisNode implements AutoCloseable {

  /** The nodes of a cluster talk to one another at their ports plus this. */
  private static final int BUS_OFFSET = 10_000;

  private static final int LAST_PORT = 65_535;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final Pattern CLIENT_MEMORY = Pattern.compile(" tot-mem=(\\d+)");

  private final RedisServer server;
  private final RedisClient client;
  private final StatefulRedisConnection<String, String> connection;

  private RedisNode(RedisServer server) {
    this.server = server;
    this.client = RedisClient.create(server.url());
    this.connection = client.connect();
  }

  /**
   * Starts a server at a free port.
   *
   * @param folder for its log
   */
  public static RedisNode start(String name, Path folder) {
    return new RedisNode(RedisServer.start(name, freePort(), "another run", folder));
  }

  /** Starts a node of a cluster that is still to be formed. */
  static RedisNode startClusterNode(String name, Path folder) {
    int port = freePort();
    while (port + BUS_OFFSET > LAST_PORT) {
      port = freePort();
    }
    return new RedisNode(
        RedisServer.start(
            name,
            port,
            "another run",
            folder,
            "--cluster-enabled",
            "yes",
            "--cluster-config-file",
            "nodes-" + port + ".conf"));
  }

  public String url() {
    return server.url();
  }

  public int port() {
    return URI.create(server.url()).getPort();
  }

  public RedisCommands<String, String> commands() {
    return connection.sync();
  }

  public void clear() {
    commands().flushall();
  }

  public String version() {
    return field(commands().info("server"), "redis_version");
  }

  /** Returns the processor time that the server has used so far. */
  public long cpuNanos() {
    String info = commands().info("cpu");
    return (long) ((number(info, "used_cpu_user") + number(info, "used_cpu_sys")) * 1e9);
  }

  /** Returns the bytes that the server has sent so far. */
  long bytesOut() {
    return (long) number(commands().info("stats"), "total_net_output_bytes");
  }

  /**
   * Returns the memory of the server without what its ledgers, and at the moment its clients and
   * replicas take.
   */
  public double stateBytes() {
    String info = commands().info("memory");
    long clients =
        CLIENT_MEMORY
            .matcher(commands().clientList())
            .results()
            .map(found -> found.group(1))
            .mapToLong(Long::parseLong)
            .sum();
    return number(info, "used_memory")
        - number(info, "mem_total_replication_buffers")
        - clients
        - ledgerBytes();
  }

  private long ledgerBytes() {
    return commands().keys("ledger*").stream().mapToLong(commands()::memoryUsage).sum();
  }

  private static double number(String info, String name) {
    return Double.parseDouble(field(info, name));
  }

  private static String field(String info, String name) {
    return Pattern.compile("^" + name + ":(.*?)\\s*$", Pattern.MULTILINE)
        .matcher(info)
        .results()
        .findFirst()
        .map(found -> found.group(1))
        .orElse("0");
  }

  /** Takes over all that another one holds. */
  public void copyOf(RedisNode other) {
    follow(other);
    commands().replicaofNoOne();
  }

  /** Becomes a replica of another one; returns when it has all that the other holds. */
  public void follow(RedisNode other) {
    other.commands().configSet("repl-diskless-sync-delay", "0");
    commands().replicaof("127.0.0.1", other.port());
    await(
        "the copy of the state",
        () -> commands().info("replication").contains("master_link_status:up"));
  }

  void await(String what, BooleanSupplier isThere) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (!isThere.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException(what + " was not made within " + LIMIT);
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
