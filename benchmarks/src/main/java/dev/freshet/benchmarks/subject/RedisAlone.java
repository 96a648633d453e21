package dev.freshet.benchmarks.subject;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.RedisNode;
import dev.freshet.ledger.redis.RedisLedger;
import dev.freshet.state.redis.RedisStateStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Measures the time of the Redis server alone: the very commands that the engine sent, once more
 * from a bare socket to a copy of the state, in one long pipeline with no waiting between.
 *
 * @param events whose commands these are
 */
public record RedisAlone(
    long events, double eventsPerSecond, double redisMicros, double commandsPerEvent) {

  private static final Pattern COMMAND = Pattern.compile("\\*\\d+\r\n\\$\\d+\r\n[A-Z]+\r\n");

  /**
   * Measures the commands of some deliveries.
   *
   * @param store holds the state that the engine has reached
   * @param copy another Redis, whatever it holds
   * @param engines makes an engine for the URL of a Redis
   * @param deliveries that come next
   */
  public static RedisAlone measure(
      RedisNode store,
      RedisNode copy,
      Function<String, Engine> engines,
      List<Delivery> deliveries) {
    try (Recording recording = new Recording(store.port());
        Engine engine = engines.apply(recording.url())) {
      engine.handle(deliveries.get(0), nanos -> {}); // connects
      copy.copyOf(store);
      recording.restart();
      List<Delivery> recorded = deliveries.subList(1, deliveries.size());
      recorded.forEach(delivery -> engine.handle(delivery, nanos -> {}));
      loadScripts(copy);
      long events = recorded.stream().mapToLong(Delivery::size).sum();
      return replay(recording.commands(), events, copy);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static RedisAlone replay(byte[] commands, long events, RedisNode copy)
      throws IOException {
    copy.commands().configResetstat();
    long cpu = copy.cpuNanos();
    long start = System.nanoTime();
    Recording.replay(commands, copy.port());
    long wallNanos = System.nanoTime() - start;
    long redisCpu = copy.cpuNanos() - cpu;
    requireNoErrors(copy);
    long count = COMMAND.matcher(new String(commands, ISO_8859_1)).results().count();
    return new RedisAlone(
        events, events * 1e9 / wallNanos, redisCpu / 1e3 / events, (double) count / events);
  }

  /** A copy takes over all keys, but no scripts. */
  private static void loadScripts(RedisNode copy) throws IOException {
    load(copy, RedisStateStore.class, "step.lua");
    load(copy, RedisStateStore.class, "snapshot.lua");
    load(copy, RedisLedger.class, "add.lua");
  }

  private static void load(RedisNode copy, Class<?> neighbour, String name) throws IOException {
    try (InputStream script = neighbour.getResourceAsStream(name)) {
      copy.commands().scriptLoad(script.readAllBytes());
    }
  }

  /** A command that fails is cheap, and would make Redis look faster than it is. */
  private static void requireNoErrors(RedisNode copy) {
    String errors = copy.commands().info("errorstats");
    if (errors.contains("errorstat_")) {
      throw new IllegalStateException(
          "the copied Redis answered errors: " + errors.replaceAll("\\s+", " "));
    }
  }
}
