package dev.freshet.state.redis;

import dev.freshet.redis.Script;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import java.nio.ByteBuffer;

/** The step of one kind of state: what a script is told of a key, and how its answer is read. */
interface KeyStep {

  Script script();

  /** Starts a call. */
  ScriptCall call(long nowMillis);

  /** Makes a call turn to a partition, of which so many keys follow. */
  void turnTo(int partition, int size, ScriptCall call);

  /** Adds the step of one key of the partition to a call. */
  Answer add(ScriptCall call, int partition, KeyEvents change);

  /** The part of a call's answer that is about one key. */
  @FunctionalInterface
  interface Answer {

    /**
     * Reads the part.
     *
     * @param answer little-endian, at the start of the part; moved to its end
     */
    KeyState read(ByteBuffer answer);
  }
}
