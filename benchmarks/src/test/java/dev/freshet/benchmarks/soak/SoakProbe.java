package dev.freshet.benchmarks.soak;

import dev.freshet.redis.Redis;
import io.lettuce.core.KillArgs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Measures this process and a Redis server, through a connection of its own, and harms them. */
final class SoakProbe implements AutoCloseable {

  private static final Path STATUS = Path.of("/proc/self/status");

  private final Redis redis;

  SoakProbe(String url) {
    this.redis = Redis.at(url, Duration.ofMinutes(1));
  }

  /** Connections to the server, that of the probe included. */
  long clients() {
    return number(lines("clients"), "connected_clients");
  }

  long usedMemory() {
    return number(lines("memory"), "used_memory");
  }

  private List<String> lines(String section) {
    return redis.ask(commands -> commands.info(section)).lines().toList();
  }

  long keys() {
    return redis.ask(commands -> commands.dbsize());
  }

  /** The keys of a pattern; only for when nothing else is to be done. */
  int keys(String pattern) {
    return redis.ask(commands -> commands.keys(pattern)).size();
  }

  /** Closes all connections but that of the probe. */
  void killClients() {
    long unused = redis.ask(commands -> commands.clientKill(KillArgs.Builder.typeNormal()));
  }

  void flushScripts() {
    String unused = redis.ask(commands -> commands.scriptFlush());
  }

  /** What is used of the heap after a collection. */
  static long heap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** What this process has of the machine's memory; 0 where there is no {@code /proc}. */
  static long residentSet() throws IOException {
    return Files.exists(STATUS) ? 1024 * number(Files.readAllLines(STATUS), "VmRSS") : 0;
  }

  static long threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long number(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    redis.close();
  }
}
