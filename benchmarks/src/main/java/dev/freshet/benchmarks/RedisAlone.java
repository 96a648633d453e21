package dev.freshet.benchmarks;

import dev.freshet.state.redis.RedisStateStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What the Redis server alone needs: the very commands that the engine sent, once more from a bare
 * socket to a copy of the state, in one long pipeline with no waiting between.
 *
 * @param events whose commands these are
 */
record RedisAlone(
    long events, double eventsPerSecond, double redisMicros, double commandsPerEvent) {

  /**
   * @param store holds the state that the engine has reached
   * @param copy another Redis, whatever it holds
   * @param engines makes an engine for the URL of a Redis
   * @param deliveries that come next
   */
  static RedisAlone measure(
      Store store, Store copy, EngineMaker engines, List<Delivery> deliveries) {
    List<Delivery> recorded = deliveries.subList(1, deliveries.size());
    byte[] commands;
    try (Tap tap = new Tap(store.port());
        Engine engine = engines.make(tap.url())) {
      engine.handle(deliveries.get(0), new Latencies()); // connects
      copy.copyOf(store);
      tap.start();
      recorded.forEach(delivery -> engine.handle(delivery, new Latencies()));
      commands = tap.stop();
    }
    loadScripts(copy);
    copy.commands().configResetstat();
    long cpu = copy.cpuNanos();
    long start = System.nanoTime();
    BareClient.send(copy.port(), commands);
    long wallNanos = System.nanoTime() - start;
    long redisCpu = copy.cpuNanos() - cpu;
    requireNoErrors(copy);
    long events = recorded.stream().mapToLong(Delivery::size).sum();
    return new RedisAlone(
        events,
        events * 1e9 / wallNanos,
        redisCpu / 1e3 / events,
        (double) BareClient.count(commands) / events);
  }

  /** A copy takes over all keys, but no scripts. */
  private static void loadScripts(Store copy) {
    for (String name : List.of("step.lua", "snapshot.lua")) {
      try (InputStream script = RedisStateStore.class.getResourceAsStream(name)) {
        copy.commands().scriptLoad(script.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A command that fails is cheap, and would make Redis look faster than it is. */
  private static void requireNoErrors(Store copy) {
    String errors = copy.commands().info("errorstats");
    if (errors.contains("errorstat_")) {
      throw new IllegalStateException(
          "the copied Redis answered errors: " + errors.replaceAll("\\s+", " "));
    }
  }

  /** Makes engines. */
  interface EngineMaker {
    Engine make(String url);
  }
}
