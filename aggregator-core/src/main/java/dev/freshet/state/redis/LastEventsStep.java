package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Event;
import dev.freshet.redis.Script;
import dev.freshet.state.EventOrder;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState.LastValues;
import dev.freshet.state.KeyState.Tally;
import dev.freshet.state.StateStoreException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;

/**
 * The last events of a key, in a Redis list.
 *
 * <p>The list is read after the script, not by it: Lua's conversion of a reply costs more than the
 * step itself. Another writer's events may slip in between; the result then holds more than its
 * version promises, and the other writer's, of a greater version, the same or more.
 */
final class LastEventsStep implements KeyStep {

  private final StateKeys keys;
  private final Script script = new Script(Script.read(LastEventsStep.class, "last_events.lua"));
  private final int size;
  private final byte[] sizeArgument;
  private final byte[] timeToLiveMillis;

  LastEventsStep(StateKeys keys, int size, Duration timeToLive) {
    this.keys = keys;
    this.size = size;
    this.sizeArgument = bytes(Integer.toString(size));
    this.timeToLiveMillis = bytes(Long.toString(timeToLive.toMillis()));
  }

  @Override
  public Script script() {
    return script;
  }

  @Override
  public Call send(
      RedisClusterAsyncCommands<byte[], byte[]> commands, KeyEvents change, long nowMillis) {
    TreeSet<Event> newest = new TreeSet<>(EventOrder.OLDEST_FIRST);
    newest.addAll(change.events());
    int duplicates = change.events().size() - newest.size();
    int late = Math.max(0, newest.size() - size);
    byte[][] arguments = new byte[2 + newest.size() - late][];
    arguments[0] = sizeArgument;
    arguments[1] = timeToLiveMillis;
    int next = arguments.length;
    for (Event event : newest.descendingSet()) {
      if (next > 2) {
        arguments[--next] = ListElement.encode(event);
      }
    }
    byte[] list = keys.of(change.key(), "last");
    byte[][] touched = {list, keys.of(change.key(), "version")};
    return new Step(
        script.call(commands, touched, arguments), list, arguments.length - 2, duplicates, late);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private record Step(
      RedisFuture<List<Object>> scriptCall, byte[] list, int sent, int duplicates, int late)
      implements Call {

    @Override
    public Answer read(RedisClusterAsyncCommands<byte[], byte[]> commands) {
      return new Elements(this, commands.lrange(list, 0, -1));
    }
  }

  private record Elements(Step step, RedisFuture<List<byte[]>> arrival) implements Answer {

    @Override
    public LastValues state() throws ExecutionException, InterruptedException {
      List<Object> reply = step.scriptCall.get();
      List<byte[]> held = arrival.get();
      if (held.isEmpty()) {
        throw new StateStoreException(
            "the state store lost a list just after it was written", null);
      }
      long version = Long.parseLong(new String((byte[]) reply.get(0), UTF_8));
      int known = ((Long) reply.get(1)).intValue();
      int older = ((Long) reply.get(2)).intValue();
      long[] values = new long[held.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = ListElement.valueMicros(held.get(i));
      }
      return new LastValues(
          version,
          ListElement.occurredAtMillis(held.get(held.size() - 1)),
          values,
          new Tally(step.sent - known - older, step.duplicates + known, step.late + older));
    }
  }
}
