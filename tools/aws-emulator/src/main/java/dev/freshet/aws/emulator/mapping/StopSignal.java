package dev.freshet.aws.emulator.mapping;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Tells threads to stop, and ends the sleep of those that wait. */
final class StopSignal implements Sleeper {

  private final CountDownLatch set = new CountDownLatch(1);

  void set() {
    set.countDown();
  }

  boolean isSet() {
    return set.getCount() == 0;
  }

  @Override
  public void sleep(Duration duration) throws InterruptedException {
    set.await(duration.toNanos(), TimeUnit.NANOSECONDS);
  }
}
