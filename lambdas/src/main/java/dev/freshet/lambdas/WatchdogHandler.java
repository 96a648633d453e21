package dev.freshet.lambdas;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.freshet.runtime.Clients;
import dev.freshet.stepfunctions.HandlerRegistry;
import java.util.Map;
import java.util.Set;

/**
 * Restarts what should be running: a group whose keys are pending while nobody is to wake for them,
 * because an execution died or could not be started. A schedule calls it.
 */
public final class WatchdogHandler implements RequestHandler<Map<String, Object>, String> {

  @Override
  public String handleRequest(Map<String, Object> schedule, Context context) {
    Set<String> handlers = new HandlerRegistry(Clients.shared().stateStore()).all();
    handlers.forEach(handler -> Handlers.named(handler).function().wakeIfPending());
    return "looked after " + handlers.size() + " feature groups";
  }
}
