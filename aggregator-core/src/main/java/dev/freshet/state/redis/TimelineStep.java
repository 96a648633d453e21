package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.Computation;
import dev.freshet.event.Event;
import dev.freshet.redis.Script;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.KeyState.Totals;
import dev.freshet.state.TimelineEntry;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The timeline of a key: a Redis hash of its items, and a sorted set of when to look at them. */
final class TimelineStep implements KeyStep {

  /** Events may be dated an hour ahead, and clocks differ; then the last item has departed. */
  private static final Duration LONGEST_AHEAD = Duration.ofHours(2);

  private final StateKeys keys;
  private final Computation.OfTimeline computation;
  private final Script script;
  private final byte[] timeToLiveMillis;

  TimelineStep(StateKeys keys, Computation.OfTimeline computation) {
    this.keys = keys;
    this.computation = computation;
    this.script = TimelineScript.of(computation.timeline());
    this.timeToLiveMillis = bytes(computation.timeline().holdMillis() + LONGEST_AHEAD.toMillis());
  }

  @Override
  public Script script() {
    return script;
  }

  @Override
  public Call send(
      RedisClusterAsyncCommands<byte[], byte[]> commands, KeyEvents change, long nowMillis) {
    List<byte[]> arguments = new ArrayList<>();
    arguments.add(bytes(nowMillis));
    arguments.add(timeToLiveMillis);
    arguments.add(change.key().getBytes(UTF_8));
    for (Event event : change.events()) {
      TimelineEntry entry = TimelineEntry.of(computation, event);
      arguments.add(entry.item().getBytes(UTF_8));
      arguments.add(bytes(entry.stage() + 1));
      arguments.add(bytes(event.occurredAtMillis()));
      for (long weight : entry.weights()) {
        arguments.add(bytes(weight));
      }
    }
    byte[][] touched = keys.timeline(change.key());
    return new Step(
        script.call(commands, touched, arguments.toArray(byte[][]::new)), change.events().size());
  }

  private static byte[] bytes(long number) {
    return Long.toString(number).getBytes(UTF_8);
  }

  /** The script answers all by itself. */
  private record Step(RedisFuture<List<Object>> scriptCall, int sent) implements Call, Answer {

    @Override
    public Answer read(RedisClusterAsyncCommands<byte[], byte[]> commands) {
      return this;
    }

    @Override
    public RedisFuture<?> arrival() {
      return scriptCall;
    }

    @Override
    public Totals state() throws ExecutionException, InterruptedException {
      List<Object> reply = scriptCall.get();
      ByteBuffer numbers = ByteBuffer.wrap((byte[]) reply.get(0)).order(ByteOrder.LITTLE_ENDIAN);
      int news = ((Long) reply.get(1)).intValue();
      long version = (long) numbers.getDouble();
      long asOf = (long) numbers.getDouble();
      long newest = (long) numbers.getDouble();
      double validUntil = numbers.getDouble();
      long[] totals = new long[numbers.remaining() / Double.BYTES];
      for (int i = 0; i < totals.length; i++) {
        totals[i] = (long) numbers.getDouble();
      }
      return new Totals(
          version,
          asOf,
          newest,
          Double.isInfinite(validUntil) ? KeyState.FOREVER : (long) validUntil,
          totals,
          new Tally(news, sent - news, 0));
    }
  }
}
