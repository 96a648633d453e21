package dev.freshet.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Invocation;
import dev.freshet.runtime.Priming;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts executions that died or could not be started, for groups with pending keys. Delivers the
 * dead letters that wait in the state store, even if no other function runs. Checks whether the
 * results that were published have reached the feature store. A schedule calls it.
 */
public final class WatchdogHandler implements RequestHandler<Map<String, Object>, String> {

  private static final Logger LOG = LoggerFactory.getLogger(WatchdogHandler.class);

  private static final Duration MOST_FOR_LETTERS = Duration.ofSeconds(20);

  @SuppressWarnings(
      "UnusedVariable") // kept, as the context of snapshots holds only a weak reference
  private final Priming priming = Priming.of(WatchdogHandler::prime);

  @Override
  public String handleRequest(Map<String, Object> schedule, Context context) {
    return Invocation.run(context.getAwsRequestId(), WatchdogHandler::watch);
  }

  /** Watches sample entities; those of groups with history are in a table that it does not use. */
  private static void prime(Clients clients) {
    for (FeatureGroup group : Catalogue.load().groupsMovedByTime()) {
      if (!group.hasHistory()) {
        var unused = AggregatorFunction.prime(new FunctionGroups(List.of(group)), clients);
      }
      GroupTimer.of(group.priming(), clients).watch();
    }
  }

  private static String watch() {
    Catalogue catalogue = Catalogue.load();
    List<String> failed = watchAll(catalogue, group -> GroupTimer.named(group).watch());
    Clients clients = Clients.shared();
    clients.waitingLetters(clients.stateStore()).deliver(MOST_FOR_LETTERS);
    LedgerWatch.of(clients).check(clients.clock().millis());
    if (!failed.isEmpty()) {
      throw new IllegalStateException("could not watch " + failed);
    }
    return "watched " + catalogue.groupsMovedByTime().size() + " feature groups";
  }

  /** Watches the groups that time moves; returns those that failed, sorted. */
  static List<String> watchAll(Catalogue catalogue, Consumer<String> watch) {
    return catalogue.groupsMovedByTime().stream()
        .map(FeatureGroup::name)
        .filter(group -> !isWatched(group, watch))
        .sorted()
        .toList();
  }

  /** Returns false if watching failed, so that the other groups are still watched. */
  private static boolean isWatched(String group, Consumer<String> watch) {
    try {
      watch.accept(group);
      return true;
    } catch (RuntimeException e) {
      LOG.warn("{}: {}", group, e.getMessage());
      return false;
    }
  }
}
