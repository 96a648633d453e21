package dev.freshet.runtime;

import java.util.function.Supplier;
import org.slf4j.MDC;

/**
 * Wraps every invocation: adds its request id to its log lines, and sends its metrics at its end.
 */
public final class Invocation {

  private static final String REQUEST_ID = "request_id";

  private Invocation() {}

  /** Runs the work of an invocation; throws the exceptions of the work. */
  public static <T> T run(String requestId, Supplier<T> work) {
    return run(requestId, work, Clients::shared);
  }

  /**
   * Runs the work of an invocation that has no other soon after it: sends all its metrics at its
   * end, as they would be an hour old at the end of the next.
   */
  public static <T> T runRarely(String requestId, Supplier<T> work) {
    return run(
        requestId,
        () -> {
          try {
            return work.get();
          } finally {
            Clients.shared().meters().sendAll();
          }
        });
  }

  static <T> T run(String requestId, Supplier<T> work, Supplier<Clients> clients) {
    MDC.put(REQUEST_ID, requestId);
    try {
      return work.get();
    } finally {
      clients.get().meters().invocationEnds();
      MDC.remove(REQUEST_ID);
    }
  }
}
