package dev.freshet.redis;

import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One pipelined connection to a Redis server or cluster, opened on first use. After a timeout it is
 * replaced, as it may be dead: a gateway may have dropped an idle connection.
 *
 * <p>Safe for use by several threads: the commands of one {@link #pipeline} are written together
 * and in order.
 */
public final class Redis implements AutoCloseable {

  /** The time between flushes while answers are missing. */
  private static final long FLUSH_NANOS = Duration.ofMillis(10).toNanos();

  private final List<RedisURI> nodes;
  private final Duration timeout;
  private final int replicas;
  private final SharedConnection connection;

  private Redis(List<RedisURI> nodes, Duration timeout, int replicas) {
    this.nodes = nodes;
    this.timeout = timeout;
    this.replicas = replicas;
    this.connection =
        new SharedConnection(new Connector(nodes, TimeoutOptions.enabled(timeout)), false);
  }

  /**
   * Creates a connection without opening it.
   *
   * @param url {@code redis://} or {@code rediss://}; several nodes, separated by commas, are a
   *     cluster
   * @param timeout the longest wait for a connection, and for the answers to one batch
   * @throws IllegalArgumentException if the URL is not valid; the message does not contain the URL,
   *     as it may hold a password
   */
  public static Redis at(String url, Duration timeout) {
    return new Redis(nodes(url, timeout), timeout, 0);
  }

  /** Reads a URL; see {@link #at}. */
  static List<RedisURI> nodes(String url, Duration timeout) {
    try {
      List<RedisURI> nodes =
          Arrays.stream(url.split(",")).map(String::strip).map(RedisURI::create).toList();
      nodes.forEach(node -> node.setTimeout(timeout));
      return nodes;
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "not a Redis URL (redis://host:port, rediss://…, or several separated by commas)");
    }
  }

  /**
   * Returns a connection to the same server or cluster that waits for replicas after writes.
   *
   * @param number the number of replicas that must have a write; 0 if the master is enough
   */
  public Redis replicatedTo(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a number of replicas must not be negative: " + number);
    }
    return new Redis(nodes, timeout, number);
  }

  /**
   * Returns whether keys may be on several nodes; then all keys of a script call must be in one
   * slot.
   */
  public boolean isCluster() {
    return connection.isCluster();
  }

  /**
   * Issues commands, then writes them all together.
   *
   * @param issue issues the commands; must not wait for their answers
   * @return the result of {@code issue}: the pending answers
   */
  public <T> T pipeline(Function<RedisClusterAsyncCommands<byte[], byte[]>, T> issue) {
    return connection.issue(open -> issue.apply(open.commands()));
  }

  /**
   * Issues commands that concern a server, not a key, then writes them all together.
   *
   * @param issue gets the commands of each master of a cluster, in a sequence that stays the same
   *     while the masters do, or of the one server; must not wait for answers
   * @return the result of {@code issue}: the pending answers
   */
  public <T> T pipelineToMasters(
      Function<List<RedisClusterAsyncCommands<byte[], byte[]>>, T> issue) {
    return connection.issue(open -> issue.apply(open.masters()));
  }

  /**
   * Issues one command and waits for its answer.
   *
   * @throws RedisException if the command fails or the answer is late
   */
  public <T> T ask(
      Function<RedisClusterAsyncCommands<byte[], byte[]>, ? extends RedisFuture<T>> command) {
    RedisFuture<T> answer = pipeline(command);
    if (!await(answer)) {
      answer.cancel(true);
      throw new RedisCommandTimeoutException("no answer within " + timeout);
    }
    return value(answer);
  }

  /**
   * Waits until enough replicas have the writes of this connection; does nothing if no replicas are
   * required.
   *
   * @param keys the keys written; in a cluster, only the replicas of their masters count
   * @throws RedisException if they do not have the writes within half of the timeout
   */
  public void awaitReplicas(Stream<byte[]> keys) {
    if (replicas > 0) {
      List<RedisFuture<Long>> counts =
          connection.issue(open -> open.askReplicas(keys, replicas, timeout.dividedBy(2)));
      long fewest =
          awaitAll(counts) ? counts.stream().mapToLong(Redis::value).min().orElse(replicas) : 0;
      if (fewest < replicas) {
        throw new RedisException(
            "%d replicas instead of %d have the write".formatted(fewest, replicas));
      }
    }
  }

  /**
   * Returns the value of an answer that has arrived.
   *
   * @throws RedisException if the answer is an error
   */
  public static <T> T value(RedisFuture<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RedisException cause ? cause : new RedisException(e.getCause());
    }
  }

  /** Returns the deadline for answers to commands issued now, as {@link System#nanoTime}. */
  public long deadline() {
    return System.nanoTime() + timeout.toNanos();
  }

  /** Waits for one answer; returns whether it arrived in time. */
  public boolean await(RedisFuture<?> answer) {
    return await(answer, deadline());
  }

  /** Waits for answers; returns whether all arrived in time, errors included. */
  public boolean awaitAll(List<? extends RedisFuture<?>> answers) {
    long deadline = deadline();
    for (RedisFuture<?> answer : answers) {
      if (!await(answer, deadline)) {
        return false;
      }
    }
    return true;
  }

  /** Waits for one answer until a {@link #deadline}; returns whether it arrived by then. */
  public boolean await(RedisFuture<?> answer, long deadline) {
    try {
      boolean hasArrived = arrives(answer, deadline) && !hasTimedOut(answer);
      if (!hasArrived) {
        connection.abandon();
      }
      if (!hasArrived || hasFailed(answer)) {
        connection.askForTopology();
      }
      return hasArrived;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisCommandInterruptedException(e);
    }
  }

  /**
   * Waits for an answer, and flushes again from time to time: a command that a cluster redirects,
   * or that needs a new connection to a node, is issued after the flush of its batch.
   */
  private boolean arrives(RedisFuture<?> answer, long deadline) throws InterruptedException {
    for (long left = deadline - System.nanoTime();
        !answer.await(Math.max(0, Math.min(left, FLUSH_NANOS)), TimeUnit.NANOSECONDS);
        left = deadline - System.nanoTime()) {
      if (left <= 0) {
        return false;
      }
      connection.flush();
    }
    return true;
  }

  /** Returns whether the client's own timeout ended just before ours. */
  private static boolean hasTimedOut(RedisFuture<?> answer) {
    return answer
        .toCompletableFuture()
        .handle((value, failure) -> failure instanceof RedisCommandTimeoutException)
        .getNow(false);
  }

  private static boolean hasFailed(RedisFuture<?> answer) {
    return answer.toCompletableFuture().isCompletedExceptionally();
  }

  @Override
  public void close() {
    connection.close();
  }

  @Override
  public String toString() {
    return connection.toString();
  }
}
