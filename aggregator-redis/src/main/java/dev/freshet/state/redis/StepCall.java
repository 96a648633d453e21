package dev.freshet.state.redis;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateKind;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.StateStore.Receiver;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** One call of {@code step.lua}, for entities of one partition or of several. */
final class StepCall {

  /** Limits how long one call blocks the server: less than a millisecond for usual entities. */
  static final int MOST_ENTITIES = 64;

  /** After a call has read this much, its other entities must wait for the next call. */
  private static final double BUDGET_BYTES = 1 << 18;

  private static final byte[] NOTHING = {};
  static final int TAIL = 0;
  static final int WHOLE = 1;
  static final int LARGE = 3;
  private static final int NEWER_AT_WORK = 1;
  private static final int STATE_NEW = 2;

  /**
   * The outcome of a call in one partition.
   *
   * @param instant of the partition's clock, in epoch milliseconds
   * @param isNewerAtWork whether a newer declaration of the group is at work
   * @param isNewInIndex whether the index may have had no entry for one of the entities, because it
   *     needed none or lost it
   */
  record Tick(long version, long instant, boolean isNewerAtWork, boolean isNewInIndex) {}

  /** The steps of entities of one partition. */
  private record Part(int partition, List<EntityStep> steps) {}

  private final StateKeys keys;
  private final FeatureGroup group;
  private final long nowMillis;
  private final ScriptCall call = new ScriptCall(ScriptCall.STEP);
  private final List<Part> parts = new ArrayList<>();
  private int entities;
  private boolean isStateNew;
  private RedisFuture<byte[]> reply;

  /**
   * @param timeToLiveMillis the time to live of the keys that the call writes
   */
  StepCall(
      StateKeys keys,
      KnownDeclarations declarations,
      FeatureGroup group,
      long timeToLiveMillis,
      long nowMillis) {
    this.keys = keys;
    this.group = group;
    this.nowMillis = nowMillis;
    ByteBuffer numbers = ByteBuffer.allocate(6 * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    numbers.putDouble((double) nowMillis).putDouble((double) timeToLiveMillis);
    numbers.putDouble(group.movesWithTime() ? 1 : 0).putDouble(BUDGET_BYTES);
    numbers.putDouble((double) declarations.sinceMillis());
    long archiveAt = nowMillis + Archive.LONGEST_DELAY.toMillis();
    numbers.putDouble(group.hasHistory() ? archiveAt : 0);
    call.argument(numbers.array());
  }

  boolean hasRoomFor(int more) {
    return entities + more <= MOST_ENTITIES;
  }

  /** Adds steps of entities of one partition. */
  void add(int partition, List<EntityStep> steps) {
    parts.add(new Part(partition, steps));
    entities += steps.size();
    call.key(keys.clock(partition));
    boolean movesWithTime = group.movesWithTime();
    if (movesWithTime) {
      call.key(keys.index(partition));
    }
    if (group.hasHistory()) {
      call.key(keys.archiveIndex(partition));
    }
    call.argument(steps.size());
    for (EntityStep step : steps) {
      call.key(step.list(keys));
      call.argument(step.toAppend());
      call.argument(step.cached().place().toBytes());
      if (movesWithTime) {
        long lookAgain = step.lookAgainMillis();
        call.argument(step.entity());
        if (lookAgain == StateKind.FOREVER) {
          call.argument(NOTHING);
        } else {
          call.argument(lookAgain);
        }
      }
    }
  }

  void send(RedisClusterAsyncCommands<byte[], byte[]> commands) {
    reply = call.send(commands);
  }

  RedisFuture<byte[]> reply() {
    return reply;
  }

  /**
   * Folds the reply after it has arrived.
   *
   * @param asleep receives the steps of entities that the archive may have
   * @return the steps whose lists must be read again
   */
  List<EntityStep> deliver(Receiver receiver, List<EntityStep> asleep) {
    List<EntityStep> unread = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(Redis.value(reply)).order(ByteOrder.LITTLE_ENDIAN);
    for (Part part : parts) {
      long version = (long) in.getDouble();
      long instant = (long) in.getDouble();
      int state = in.get();
      isStateNew |= state == STATE_NEW;
      Tick tick = new Tick(version, instant, state == NEWER_AT_WORK, in.get() != 0);
      for (EntityStep step : part.steps()) {
        SnapshotReader list = new SnapshotReader(in.array(), in.position(), in.remaining());
        if (!step.read(list, tick, nowMillis)) {
          unread.add(step);
        } else if (step.cached().isAsleep()) {
          asleep.add(step);
        } else {
          receiver.receive(step.index(), step.finish());
        }
        in.position(list.position());
      }
    }
    return unread;
  }

  /** Returns whether a partition had no clock, so that its state may have been lost. */
  boolean isStateNew() {
    return isStateNew;
  }
}
