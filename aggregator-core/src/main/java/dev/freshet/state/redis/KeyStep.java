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

  /** Issues the commands of one key; none is written yet. */
  Call send(RedisClusterAsyncCommands<byte[], byte[]> commands, KeyEvents change, long nowMillis);

  /** Commands on their way. */
  interface Call {

    RedisFuture<List<Object>> scriptCall();

    List<RedisFuture<?>> answers();

    /** Reads the answers, which have arrived. */
    KeyState state() throws ExecutionException, InterruptedException;
  }
}
