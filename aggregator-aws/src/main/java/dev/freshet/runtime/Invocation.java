package dev.freshet.runtime;

import java.util.function.Supplier;
import org.slf4j.MDC;

/** What goes round every invocation: its request id in all it logs, its metrics sent at its end. */
public final class Invocation {

  private static final String REQUEST_ID = "request_id";

  private Invocation() {}

  /** Does the work of an invocation; throws what it throws. */
  public static <T> T run(String requestId, Supplier<T> work) {
    return run(requestId, work, Clients::shared);
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
