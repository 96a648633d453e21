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

/**
 * One connection to a Redis server or cluster for reads that no thread has to wait for, opened on
 * first use. Each node gets its part of a batch in one write. After a timeout the connection is
 * replaced, as it may be dead.
 *
 * <p>Safe for use by many threads, virtual ones too: reads need no lock.
 */
public final class RedisReads implements AutoCloseable {

  private final Duration timeout;
  private final SharedConnection connection;

  private RedisReads(Connector connector, Duration timeout) {
    this.connection = new SharedConnection(connector, true);
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
    Connection open = connection.open();
    reads.forEach(each -> each.joins(batch));
    open.stateful().dispatch(reads);
    return open;
  }

  private RedisException failed(Throwable failure, Connection used) {
    connection.askForTopology();
    if (!(failure instanceof TimeoutException)) {
      return failure instanceof RedisException known ? known : new RedisException(failure);
    }
    connection.abandon(used);
    return new RedisException("no answer within " + timeout);
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
