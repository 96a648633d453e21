package dev.freshet.state.redis;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metric;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.redis.Script;
import dev.freshet.state.Archive;
import dev.freshet.state.Archived;
import dev.freshet.state.PartitionRange;
import dev.freshet.state.StateStore.Receiver;
import dev.freshet.state.StateStoreException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Makes steps with as few calls as their number and the partitions allow, in rounds. */
final class StepCalls {

  /** More rounds than any batch needs: each round reads at least one entity of every call. */
  private static final int MOST_ROUNDS = 4 * StepCall.MOST_ENTITIES;

  private final FeatureGroup group;
  private final Redis redis;
  private final StateKeys keys;
  private final KnownDeclarations declarations;
  private final Archive archive;
  private final long timeToLiveMillis;
  private final Metrics metrics;

  /**
   * @param timeToLiveMillis the time to live of the keys that the calls write
   */
  StepCalls(
      FeatureGroup group,
      Redis redis,
      KnownDeclarations declarations,
      Archive archive,
      long timeToLiveMillis,
      Metrics metrics) {
    this.group = group;
    this.redis = redis;
    this.keys = new StateKeys(group.name());
    this.declarations = declarations;
    this.archive = archive;
    this.timeToLiveMillis = timeToLiveMillis;
    this.metrics = metrics;
  }

  /** Calls that were sent together, whose replies must arrive by a {@link Redis#deadline}. */
  record Round(List<StepCall> calls, long deadline) {}

  /** Sends the calls of steps. */
  Round send(List<EntityStep> steps, long nowMillis) {
    List<StepCall> calls = calls(steps, nowMillis);
    send(calls);
    return new Round(calls, redis.deadline());
  }

  /** Finishes steps; those whose lists must be read again are made again in the next round. */
  void finish(Round first, long nowMillis, Receiver receiver) {
    List<EntityStep> asleep = new ArrayList<>();
    List<EntityStep> unread = deliver(first, receiver, asleep);
    for (int round = 1; !unread.isEmpty(); round++) {
      if (round == MOST_ROUNDS) {
        throw new StateStoreException(
            "the state of "
                + group
                + " cannot be read, as others replace it again and again: see the load of Redis",
            null);
      }
      readLarge(unread, nowMillis);
      unread = deliver(send(unread, nowMillis), receiver, asleep);
    }
    if (!asleep.isEmpty()) {
      wake(asleep, receiver);
    }
  }

  /** Reads the lists that are too large for a script. */
  private void readLarge(List<EntityStep> unread, long nowMillis) {
    List<EntityStep> large = unread.stream().filter(EntityStep::isLarge).toList();
    if (!large.isEmpty()) {
      var lists =
          Replies.await(
              redis,
              commands -> large.stream().map(each -> commands.lrange(each.list(), 0, -1)).toList());
      for (int i = 0; i < lists.size(); i++) {
        large.get(i).readLarge(Redis.value(lists.get(i)), nowMillis);
      }
    }
  }

  /** Finishes the steps of entities of which Redis has no snapshot. */
  private void wake(List<EntityStep> asleep, Receiver receiver) {
    Map<String, Archived> known = archive.read(asleep.stream().map(EntityStep::entity).toList());
    for (EntityStep step : asleep) {
      step.wake(known.get(step.entity()));
      receiver.receive(step.index(), step.finish());
    }
  }

  /**
   * Groups steps into calls. On one server a call may cover several partitions; in a cluster one,
   * as each may be on another node.
   */
  private List<StepCall> calls(List<EntityStep> steps, long nowMillis) {
    List<StepCall> calls = new ArrayList<>();
    StepCall last = null;
    for (List<EntityStep> part : byPartition(steps)) {
      if (last == null || redis.isCluster() || !last.hasRoomFor(part.size())) {
        last = new StepCall(keys, declarations, group, timeToLiveMillis, nowMillis);
        calls.add(last);
      }
      last.add(part.get(0).partition(), part);
    }
    return calls;
  }

  /** Groups steps by partition, at most as many as fit a call. */
  private static List<List<EntityStep>> byPartition(List<EntityStep> steps) {
    List<List<EntityStep>> full = new ArrayList<>();
    List<List<EntityStep>> open =
        new ArrayList<>(Collections.nCopies(PartitionRange.PARTITIONS, null));
    for (EntityStep each : steps) {
      List<EntityStep> part = open.get(each.partition());
      if (part == null || part.size() == StepCall.MOST_ENTITIES) {
        part = new ArrayList<>();
        open.set(each.partition(), part);
        full.add(part);
      }
      part.add(each);
    }
    return full;
  }

  /** Folds each reply while the server works on the next calls. */
  private List<EntityStep> deliver(Round round, Receiver receiver, List<EntityStep> asleep) {
    List<StepCall> calls = round.calls();
    List<EntityStep> unread = new ArrayList<>();
    boolean isStateNew = false;
    long deadline = round.deadline();
    for (int i = 0; i < calls.size(); i++) {
      await(calls, i, deadline);
      if (Script.isUnknown(calls.get(i).reply())) {
        deadline = repeatUnknown(calls, i, deadline);
      }
      unread.addAll(calls.get(i).deliver(receiver, asleep));
      isStateNew |= calls.get(i).isStateNew();
    }
    if (isStateNew) {
      declarations.declareAgain();
    }
    return unread;
  }

  private void send(List<StepCall> calls) {
    redis.pipeline(
        commands -> {
          calls.forEach(call -> call.send(commands));
          return null;
        });
  }

  /**
   * Loads the scripts and repeats the calls that failed because a server did not know them: it is
   * new, or was restarted or flushed. Returns the new deadline for these and all later calls.
   */
  private long repeatUnknown(List<StepCall> calls, int from, long deadline) {
    metrics.count(Metric.REDIS_RETRIES, 1);
    List<StepCall> unknown = new ArrayList<>();
    for (int i = from; i < calls.size(); i++) {
      await(calls, i, deadline);
      if (Script.isUnknown(calls.get(i).reply())) {
        unknown.add(calls.get(i));
      }
    }
    ScriptCall.loadScripts(redis);
    send(unknown);
    long anew = redis.deadline();
    await(calls, from, anew);
    return anew;
  }

  private void await(List<StepCall> calls, int index, long deadline) {
    if (!redis.await(calls.get(index).reply(), deadline)) {
      calls.forEach(call -> call.reply().cancel(true));
      throw Replies.late(redis);
    }
  }
}
