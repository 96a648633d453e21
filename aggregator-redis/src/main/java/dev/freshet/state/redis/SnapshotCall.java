package dev.freshet.state.redis;

import dev.freshet.redis.Redis;
import java.util.List;

/**
 * A call of {@code snapshot.lua}, which replaces the part of a list that a function has read by a
 * snapshot.
 */
final class SnapshotCall {

  private final ScriptCall call = new ScriptCall(ScriptCall.SNAPSHOT);
  private final ListPlace place;
  private final byte[] header;
  private final int bytes;

  /** Puts the snapshots that are due after steps. */
  static void sendDue(Redis redis, List<EntityStep> steps) {
    List<SnapshotCall> calls =
        steps.stream().filter(EntityStep::isSnapshotDue).map(SnapshotCall::new).toList();
    if (!calls.isEmpty()) {
      List<byte[]> replies =
          ScriptCall.make(redis, calls.stream().map(SnapshotCall::call).toList());
      for (int i = 0; i < calls.size(); i++) {
        calls.get(i).finish(replies.get(i));
      }
    }
  }

  /**
   * @param step a finished step; its version becomes that of the snapshot
   */
  SnapshotCall(EntityStep step) {
    place = step.cached().place();
    byte[] snapshot = step.cached().snapshot();
    bytes = snapshot.length;
    header = ListPlace.header(step.version(), bytes);
    call.key(step.list());
    call.argument(place.header());
    call.argument(place.records());
    call.argument(header);
    call.argument(snapshot);
  }

  ScriptCall call() {
    return call;
  }

  /**
   * Notes the outcome of the call.
   *
   * @param reply empty if another function put a snapshot first; then the list must be read again
   */
  void finish(byte[] reply) {
    if (reply.length > 0) {
      place.begin(header, bytes);
    } else {
      place.forget();
    }
  }
}
