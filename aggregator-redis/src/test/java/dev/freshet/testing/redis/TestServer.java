package dev.freshet.testing.redis;

/** A server on a port of 127.0.0.1 that a test may break: a process, or one in a container. */
public interface TestServer {

  /** Where it listens; stays the same when it is started again. */
  int port();

  /** Starts it, without what it held before, and returns when it answers. */
  void start();

  /** Stops it; does nothing if it does not run. */
  void stop();

  /** Ends it with SIGKILL and returns when it is gone: what it did not send on is lost. */
  void kill();

  /** It does nothing until {@link #resume}: its connections stay open. */
  void suspend();

  /** It goes on after {@link #suspend}. */
  void resume();
}
