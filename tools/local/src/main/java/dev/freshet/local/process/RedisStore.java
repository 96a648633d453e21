package dev.freshet.local.process;

/** A Redis that the platform keeps its state or its features in. */
public interface RedisStore extends AutoCloseable {

  /** Where it listens, as Redis clients write it. */
  String url();

  /** Removes everything it holds. */
  void clear();

  @Override
  void close();
}
