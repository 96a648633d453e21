package dev.freshet.benchmarks;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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
    copy.copyOf(store);
    byte[] commands = commands(store, engines, deliveries);
    // Makes the engine's scripts known to the copy; the events are those that it gets anyway.
    try (Engine engine = engines.make(copy.url())) {
      firstOfEachStream(deliveries).forEach(first -> engine.handle(first, new Latencies()));
    }
    copy.commands().configResetstat();
    long cpu = copy.cpuNanos();
    long start = System.nanoTime();
    BareClient.send(copy.port(), commands);
    long wallNanos = System.nanoTime() - start;
    long redisCpu = copy.cpuNanos() - cpu;
    requireNoErrors(copy);
    long events = deliveries.stream().mapToLong(Delivery::size).sum();
    return new RedisAlone(
        events,
        events * 1e9 / wallNanos,
        redisCpu / 1e3 / events,
        (double) BareClient.count(commands) / events);
  }

  private static byte[] commands(Store store, EngineMaker engines, List<Delivery> deliveries) {
    try (Tap tap = new Tap(store.port());
        Engine engine = engines.make(tap.url())) {
      engine.handle(deliveries.get(0), new Latencies()); // connects
      tap.start();
      deliveries.forEach(delivery -> engine.handle(delivery, new Latencies()));
      return tap.stop();
    }
  }

  private static List<Delivery> firstOfEachStream(List<Delivery> deliveries) {
    Set<OrderStream> seen = EnumSet.noneOf(OrderStream.class);
    return deliveries.stream().filter(delivery -> seen.add(delivery.stream())).toList();
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
