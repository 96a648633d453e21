package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.FunctionInvoker;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the invocations that have begun and are not over. */
final class RunningInvocations {

  private final AtomicInteger running = new AtomicInteger();

  FunctionInvoker around(FunctionInvoker function) {
    return (event, requestId) -> {
      running.incrementAndGet();
      try {
        return function.invoke(event, requestId);
      } finally {
        running.decrementAndGet();
      }
    };
  }

  boolean areOver() {
    return running.get() == 0;
  }
}
