package dev.freshet.state.redis;

import dev.freshet.state.KeyEvents;
import dev.freshet.state.StateStore.Receiver;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** One call of the script, for keys of one partition or of several, and who its answers are for. */
final class StepCall {

  /** Bounds how long one call holds up the server: about a millisecond. */
  static final int MOST_KEYS = 32;

  private record Addressee(int index, KeyStep.Answer answer) {}

  private final KeyStep step;
  private final ScriptCall call;
  private final List<Addressee> addressees = new ArrayList<>();
  private RedisFuture<byte[]> reply;

  StepCall(KeyStep step, long nowMillis) {
    this.step = step;
    this.call = step.call(nowMillis);
  }

  boolean hasRoomFor(int keys) {
    return addressees.size() + keys <= MOST_KEYS;
  }

  /**
   * Adds steps of keys of one partition.
   *
   * @param indexes of the keys among the changes
   */
  void add(int partition, List<Integer> indexes, List<KeyEvents> changes) {
    step.turnTo(partition, indexes.size(), call);
    for (int index : indexes) {
      addressees.add(new Addressee(index, step.add(call, partition, changes.get(index))));
    }
  }

  void send(RedisClusterAsyncCommands<byte[], byte[]> commands) {
    reply = call.send(step.script(), commands);
  }

  RedisFuture<byte[]> reply() {
    return reply;
  }

  /** Reads the reply, which has arrived. */
  void handOn(Receiver receiver) {
    ByteBuffer states = ByteBuffer.wrap(arrived()).order(ByteOrder.LITTLE_ENDIAN);
    for (Addressee addressee : addressees) {
      receiver.receive(addressee.index(), addressee.answer().read(states));
    }
  }

  private byte[] arrived() {
    try {
      return reply.get();
    } catch (ExecutionException e) {
      throw new RedisException(e.getCause().getMessage(), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisCommandInterruptedException(e);
    }
  }
}
