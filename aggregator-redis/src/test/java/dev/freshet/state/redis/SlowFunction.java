package dev.freshet.state.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.redis.Redis;
import dev.freshet.state.Archive;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A function with one cached entity that runs the parts of a step on demand: other functions may
 * work between its step and its snapshot, it may die there, and its calls may reach the server
 * twice.
 */
final class SlowFunction {

  private static final Duration TTL = Duration.ofDays(90);

  private final FeatureGroup group;
  private final Redis redis;
  private final StateKeys keys;
  private final KnownDeclarations declarations;
  private final RecordCodec codec;
  private final CachedEntity cached;
  private EntityStep last;
  private StepCall lastCall;

  SlowFunction(FeatureGroup group, Redis redis, String entity) {
    this.group = group;
    this.redis = redis;
    this.keys = new StateKeys(group.name());
    this.declarations = new KnownDeclarations(group, keys, redis, Archive.NONE, true);
    this.codec = new RecordCodec(group, declarations);
    this.cached = new CachedEntity(new StateSnapshots(group, declarations, TTL), entity);
    declarations.declare(0);
    ScriptCall.loadScripts(redis);
  }

  /** Makes a step without a snapshot, and without an update of the index beyond the script's. */
  KeyState step(String entity, long now, Event... events) {
    return step(1, entity, now, events);
  }

  /**
   * Makes the same step with a call that the server executes several times, as if it were sent
   * again.
   */
  KeyState step(int times, String entity, long now, Event... events) {
    last = prepared(entity, now, events);
    List<KeyState> states = new ArrayList<>();
    List<EntityStep> unread = List.of(last);
    while (!unread.isEmpty()) {
      StepCall call = call(now, unread);
      lastCall = call;
      for (int i = 0; i < times; i++) {
        send(call);
      }
      unread = call.deliver((index, state) -> states.add(state), new ArrayList<>());
    }
    return states.get(0);
  }

  /** Adds to the index what only the fold of the last step has found. */
  void updateIndex() {
    new RedisDueKeys(group, redis).complete(List.of(last));
  }

  /** Sends the last call of a step again. */
  void sendAgain() {
    send(lastCall);
  }

  private EntityStep prepared(String entity, long now, Event... events) {
    KeyEvents change = new KeyEvents(entity, List.of(events));
    return new EntityStep(group, codec, 0, keys.partition(entity), change, cached, TTL, now);
  }

  private StepCall call(long now, List<EntityStep> steps) {
    StepCall call = new StepCall(keys, declarations, group, TTL.toMillis(), now);
    call.add(steps.get(0).partition(), steps);
    return call;
  }

  private void send(StepCall call) {
    redis.pipeline(
        commands -> {
          call.send(commands);
          return null;
        });
    if (!redis.await(call.reply())) {
      throw new IllegalStateException("no answer");
    }
  }

  /**
   * Puts a snapshot of the cached state, once or several times; returns whether the server accepted
   * it.
   */
  boolean putSnapshot(int times) {
    SnapshotCall call = new SnapshotCall(last);
    byte[] reply = {};
    for (int i = 0; i < times; i++) {
      reply = ScriptCall.make(redis, List.of(call.call())).get(0);
    }
    call.finish(reply);
    return new String(reply, UTF_8).equals("1");
  }
}
