package dev.freshet.testing.redis;

import dev.freshet.redis.Redis;
import java.time.Duration;

/** A server on a port of 127.0.0.1 that a test may break: a process, or one in a container. */
public interface TestServer {

  /** Where it listens; stays the same when it is started again. */
  int port();

  /** Opens a connection; close it. */
  default Redis connect(Duration timeout) {
    return Redis.at("redis://127.0.0.1:" + port(), timeout);
  }

  /** Starts it without old data, and returns when it answers. */
  void start();

  /** Stops it; does nothing if it does not run. */
  void stop();

  /** Kills it with SIGKILL, and returns when it has ended; data that it has not sent is lost. */
  void kill();

  /** Suspends it until {@link #resume}; its connections stay open. */
  void suspend();

  /** Resumes it after {@link #suspend}. */
  void resume();
}
