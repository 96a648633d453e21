package dev.freshet.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Invocation;
import dev.freshet.runtime.Priming;
import dev.freshet.stepfunctions.HandlerRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts executions that died or could not be started, for groups with pending keys. Delivers the
 * dead letters that wait in the state store, even if no other function runs. A schedule calls it.
 */
public final class WatchdogHandler implements RequestHandler<Map<String, Object>, String> {

  private static final Logger LOG = LoggerFactory.getLogger(WatchdogHandler.class);

  private static final Duration MOST_FOR_LETTERS = Duration.ofSeconds(20);

  @SuppressWarnings(
      "UnusedVariable") // kept, as the context of snapshots holds only a weak reference
  private final Priming priming =
      Priming.of(
          clients ->
              Handlers.registered(clients).forEach(handler -> handler.prime(clients).watch()));

  @Override
  public String handleRequest(Map<String, Object> schedule, Context context) {
    return Invocation.run(context.getAwsRequestId(), WatchdogHandler::lookAfterAll);
  }

  private static String lookAfterAll() {
    HandlerRegistry registry = new HandlerRegistry(Clients.shared().stateStore());
    Set<String> handlers = registry.all();
    List<String> failed =
        handlers.stream().filter(handler -> !isLookedAfter(handler, registry)).sorted().toList();
    Clients clients = Clients.shared();
    clients.waitingLetters(clients.stateStore()).deliver(MOST_FOR_LETTERS);
    if (!failed.isEmpty()) {
      throw new IllegalStateException("could not look after " + failed);
    }
    return "looked after " + handlers.size() + " feature groups";
  }

  /**
   * Watches one group; returns false if that failed, so that the other groups are still watched.
   */
  private static boolean isLookedAfter(String handler, HandlerRegistry registry) {
    try {
      Handlers.find(handler)
          .ifPresentOrElse(
              each -> each.function().watch(),
              () -> registry.remove(handler)); // its group was deleted, or comes back by itself
      return true;
    } catch (RuntimeException e) {
      LOG.warn("{}: {}", handler, e.getMessage());
      return false;
    }
  }
}
