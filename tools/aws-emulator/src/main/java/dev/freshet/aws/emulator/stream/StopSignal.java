package dev.freshet.aws.emulator.stream;

import dev.freshet.shard.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells threads to stop, and ends the pauses of those that wait. */
public final class StopSignal implements Backoff.Sleeper {

  private final CountDownLatch set = new CountDownLatch(1);

  public void set() {
    set.countDown();
  }

  public boolean isSet() {
    return set.getCount() == 0;
  }

  @Override
  public void sleep(Duration pause) throws InterruptedException {
    boolean unused = set.await(pause.toNanos(), TimeUnit.NANOSECONDS);
  }
}
