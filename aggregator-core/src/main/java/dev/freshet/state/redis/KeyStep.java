package dev.freshet.state.redis;

import dev.freshet.redis.Script;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.ExecutionException;

/** The step of one kind of state: which commands it takes, and how their answers are read. */
interface KeyStep {

  Script script();

  /** Issues the step of one key; it is not written yet. */
  Call send(RedisClusterAsyncCommands<byte[], byte[]> commands, KeyEvents change, long nowMillis);

  /** A step on its way. */
  interface Call {

    RedisFuture<List<Object>> scriptCall();

    /**
     * Issues what reads the state behind the step. Only once the step has been made: on the way to
     * a node of a cluster whose connection is being opened, commands may overtake one another.
     */
    Answer read(RedisClusterAsyncCommands<byte[], byte[]> commands);
  }

  /** The state behind a step, on its way. */
  interface Answer {

    RedisFuture<?> arrival();

    /** Reads the answer, which has arrived. */
    KeyState state() throws ExecutionException, InterruptedException;
  }
}
