package dev.freshet.redis;

import dev.freshet.redis.Connector.Connection;
import io.lettuce.core.RedisCommandInterruptedException;
import io.lettuce.core.RedisException;
import io.lettuce.core.TimeoutOptions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One connection to a Redis server or cluster for reads that no thread has to wait for, opened on
 * first use. Each node gets its part of a batch in one write. After a timeout the connection is
 * replaced, as it may be dead.
 *
 * <p>Safe for use by many threads, virtual ones too: reads need no lock.
 */
public final class RedisReads implements AutoCloseable {

  private final Duration timeout;
  private final Connector connector;

  /** No monitor: a virtual thread that connects within one would hold its carrier. */
  private final ReentrantLock lock = new ReentrantLock();

  private volatile Connection connection;

  private RedisReads(Connector connector, Duration timeout) {
    this.connector = connector;
    this.timeout = timeout;
  }

  /** Creates a connection without opening it; see {@link Redis#at}. */
  public static RedisReads at(String url, Duration timeout) {
    // A batch has one time limit, instead of one for each command.
    TimeoutOptions none = TimeoutOptions.builder().timeoutCommands(false).build();
    return new RedisReads(new Connector(Redis.nodes(url, timeout), none), timeout);
  }

  /**
   * Sends a batch. Returns at once, but for the first, which connects.
   *
   * @param reads at least one, for this batch alone
   * @return completes once all are answered, on a thread that must not be blocked; fails with a
   *     {@link RedisException} if there is no connection, or an answer is late or an error
   */
  public CompletableFuture<Void> send(List<RedisRead> reads) {
    RedisRead.Batch batch = new RedisRead.Batch(reads.size());
    try {
      Connection used = dispatch(reads, batch);
      return batch
          .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
          .exceptionally(
              failure -> {
                throw failed(failure, used);
              });
    } catch (RedisException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /**
   * Sends a batch and waits for the answers; see {@link #send}.
   *
   * @throws RedisException if there is no connection, or an answer is late or an error
   */
  public void ask(List<RedisRead> reads) {
    RedisRead.Batch batch = new RedisRead.Batch(reads.size());
    Connection used = dispatch(reads, batch);
    try {
      batch.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new RedisCommandInterruptedException(e);
    } catch (ExecutionException e) {
      throw failed(e.getCause(), used);
    } catch (TimeoutException e) {
      throw failed(e, used);
    }
  }

  private Connection dispatch(List<RedisRead> reads, RedisRead.Batch batch) {
    Connection open = connection();
    reads.forEach(each -> each.joins(batch));
    open.stateful().dispatch(reads);
    return open;
  }

  @SuppressWarnings("ReferenceEquality") // another thread may have opened a new connection
  private RedisException failed(Throwable failure, Connection used) {
    locked(connector::askForTopology);
    if (!(failure instanceof TimeoutException)) {
      return failure instanceof RedisException known ? known : new RedisException(failure);
    }
    locked(
        () -> {
          if (connection == used) {
            connection = null;
            used.closeAsync();
          }
        });
    return new RedisException("no answer within " + timeout);
  }

  private Connection connection() {
    Connection open = connection;
    if (open != null) {
      return open;
    }
    lock.lock();
    try {
      if (connection == null) {
        connection = connector.connect(true);
      }
      return connection;
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable step) {
    lock.lock();
    try {
      step.run();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    locked(
        () -> {
          if (connection != null) {
            connection.close();
          }
          connector.close();
        });
  }

  @Override
  public String toString() {
    return connector.toString();
  }
}
