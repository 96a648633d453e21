package dev.freshet.local.process;

/** A Redis for the state or the features of the platform. */
public interface RedisStore extends AutoCloseable {

  /** Returns the address, as Redis clients write it. */
  String url();

  /** Removes all data. */
  void clear();

  @Override
  void close();
}
