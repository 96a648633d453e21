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

/** One call of the script for keys of one partition, and who its answers are for. */
final class PartitionCall {

  /** Bounds how long one call holds up the server: about a millisecond. */
  private static final int MOST_KEYS = 64;

  private record Addressee(int index, KeyStep.Answer answer) {}

  private final KeyStep step;
  private final ScriptCall call;
  private final List<Addressee> addressees = new ArrayList<>();
  private RedisFuture<byte[]> reply;

  PartitionCall(KeyStep step, int partition, long nowMillis) {
    this.step = step;
    this.call = step.call(partition, nowMillis);
  }

  boolean isFull() {
    return addressees.size() == MOST_KEYS;
  }

  void add(int index, KeyEvents change) {
    addressees.add(new Addressee(index, step.add(call, change)));
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
