package dev.freshet.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A command whose output reads the answer while it arrives; sent once. */
public final class RedisRead extends Command<byte[], byte[], Void> {

  private Batch batch;

  public RedisRead(
      ProtocolKeyword type,
      CommandOutput<byte[], byte[], Void> output,
      CommandArgs<byte[], byte[]> arguments) {
    super(type, output, arguments);
  }

  void joins(Batch sent) {
    batch = sent;
  }

  @Override
  public void complete() {
    super.complete();
    if (getOutput().hasError()) {
      batch.completeExceptionally(new RedisCommandExecutionException(getOutput().getError()));
    } else {
      batch.countDown();
    }
  }

  @Override
  public boolean completeExceptionally(Throwable failure) {
    return super.completeExceptionally(failure) && batch.completeExceptionally(failure);
  }

  @Override
  public void cancel() {
    super.cancel();
    batch.completeExceptionally(new RedisException("the connection was closed"));
  }

  /** RedisReads that are sent together; completes with the last answer, or the first failure. */
  static final class Batch extends CompletableFuture<Void> {

    private final AtomicInteger missing;

    Batch(int size) {
      missing = new AtomicInteger(size);
    }

    private void countDown() {
      if (missing.decrementAndGet() == 0) {
        complete(null);
      }
    }
  }
}
