package dev.freshet.redis;

import dev.freshet.redis.Connector.Connection;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pipelined connection to a Redis server or cluster, opened at the first use and kept until an
 * answer does not come in time: what may be a connection that leads nowhere any more, as after an
 * idle gateway forgot it, gives way to a new one.
 *
 * <p>Safe for use by several threads: what {@link #pipeline} issues is written in one piece and in
 * order.
 */
public final class Redis implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Redis.class);

  /** How often to flush again while answers are missing. */
  private static final long FLUSH_NANOS = Duration.ofMillis(10).toNanos();

  private final List<RedisURI> nodes;
  private final Duration timeout;
  private final int replicas;
  private final Connector connector;
  private Connection connection;

  private Redis(List<RedisURI> nodes, Duration timeout, int replicas) {
    this.nodes = nodes;
    this.timeout = timeout;
    this.replicas = replicas;
    this.connector = new Connector(nodes, timeout);
  }

  /**
   * A connection that is not opened yet.
   *
   * @param url {@code redis://} or {@code rediss://}; several nodes, separated by commas, are a
   *     cluster
   * @param timeout how long to wait for a connection, and for the answers to one batch
   * @throws IllegalArgumentException if the URL is not one; the message does not repeat a password
   */
  public static Redis at(String url, Duration timeout) {
    try {
      List<RedisURI> nodes =
          Arrays.stream(url.split(",")).map(String::strip).map(RedisURI::create).toList();
      nodes.forEach(node -> node.setTimeout(timeout));
      return new Redis(nodes, timeout, 0);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "not a Redis URL (redis://host:port, rediss://…, or several separated by commas)");
    }
  }

  /**
   * The same server or cluster, for writes that are safe only on several nodes.
   *
   * @param number how many replicas of a master must have a write; 0 if the master is enough
   */
  public Redis replicatedTo(int number) {
    if (number < 0) {
      throw new IllegalArgumentException("a number of replicas must not be negative: " + number);
    }
    return new Redis(nodes, timeout, number);
  }

  /** Whether keys may lie on several nodes: then a script call touches one slot alone. */
  public boolean isCluster() {
    return connector.isCluster();
  }

  /**
   * Issues commands, then writes all of them in one go.
   *
   * @param issue issues the commands; must not wait for their answers
   * @return what {@code issue} returns: the answers to come
   */
  public synchronized <T> T pipeline(Function<RedisClusterAsyncCommands<byte[], byte[]>, T> issue) {
    if (connection == null) {
      LOG.debug("connecting to {}", this);
      connection = connector.connect();
    }
    try {
      return issue.apply(connection.commands());
    } finally {
      connection.flush();
    }
  }

  /**
   * Issues one command and waits for its answer.
   *
   * @throws RedisException if it fails or does not come in time
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
   * Waits until enough replicas have what this connection has written so far, if that is asked for.
   *
   * @param keys what was written; of a cluster, only the replicas of its masters count
   * @throws RedisException if they do not have it within half of the time for an answer
   */
  public void awaitReplicas(Stream<byte[]> keys) {
    if (replicas > 0) {
      List<RedisFuture<Long>> counts =
          pipeline(unused -> connection.askReplicas(keys, replicas, timeout.dividedBy(2)));
      long fewest =
          awaitAll(counts) ? counts.stream().mapToLong(Redis::value).min().orElse(replicas) : 0;
      if (fewest < replicas) {
        throw new RedisException(
            "%d replicas instead of %d have what was written".formatted(fewest, replicas));
      }
    }
  }

  private static <T> T value(RedisFuture<T> answer) {
    try {
      return answer.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RedisException cause ? cause : new RedisException(e.getCause());
    }
  }

  /** By when answers that are asked for now must have arrived. */
  public long deadline() {
    return System.nanoTime() + timeout.toNanos();
  }

  /** Waits for one answer; says whether it has arrived in time. */
  public boolean await(RedisFuture<?> answer) {
    return await(answer, deadline());
  }

  /** Waits for answers; says whether all have arrived in time, failed ones included. */
  public boolean awaitAll(List<? extends RedisFuture<?>> answers) {
    long deadline = deadline();
    for (RedisFuture<?> answer : answers) {
      if (!await(answer, deadline)) {
        return false;
      }
    }
    return true;
  }

  /** Waits for one answer until a {@link #deadline}; says whether it has arrived by then. */
  public boolean await(RedisFuture<?> answer, long deadline) {
    try {
      boolean hasArrived = arrives(answer, deadline) && !hasTimedOut(answer);
      if (!hasArrived) {
        abandonConnection();
      }
      if (!hasArrived || hasFailed(answer)) {
        askForTopology();
      }
      return hasArrived;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisCommandInterruptedException(e);
    }
  }

  /**
   * A node of a cluster may send a command on to another, and a connection to a node may be opened
   * for a command: then it has missed the flush of its batch, and needs one of its own.
   */
  private boolean arrives(RedisFuture<?> answer, long deadline) throws InterruptedException {
    for (long left = deadline - System.nanoTime();
        !answer.await(Math.max(0, Math.min(left, FLUSH_NANOS)), TimeUnit.NANOSECONDS);
        left = deadline - System.nanoTime()) {
      if (left <= 0) {
        return false;
      }
      flush();
    }
    return true;
  }

  private synchronized void flush() {
    if (connection != null) {
      connection.flush();
    }
  }

  private synchronized void abandonConnection() {
    if (connection != null) {
      LOG.debug("no answer within {} from {}: the next use connects anew", timeout, this);
      connection.closeAsync();
      connection = null;
    }
  }

  /** The client may have given the answer up a moment before this does. */
  private static boolean hasTimedOut(RedisFuture<?> answer) {
    return answer
        .toCompletableFuture()
        .handle((value, failure) -> failure instanceof RedisCommandTimeoutException)
        .getNow(false);
  }

  private static boolean hasFailed(RedisFuture<?> answer) {
    return answer.toCompletableFuture().isCompletedExceptionally();
  }

  private synchronized void askForTopology() {
    connector.askForTopology();
  }

  @Override
  public synchronized void close() {
    if (connection != null) {
      connection.close();
    }
    connector.close();
  }

  /** The nodes without credentials. */
  @Override
  public String toString() {
    return nodes.stream().map(node -> node.getHost() + ":" + node.getPort()).toList().toString();
  }
}
