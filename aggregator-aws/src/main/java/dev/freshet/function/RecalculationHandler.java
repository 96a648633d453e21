package dev.freshet.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.runtime.Clients;
import dev.freshet.runtime.Invocation;
import dev.freshet.runtime.Priming;
import dev.freshet.state.PartitionRange;
import dev.freshet.stepfunctions.WakeUp;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The function that the state machine calls when features of a group change by time alone. Its
 * input and its answer are the members of a {@link WakeUp}.
 */
public final class RecalculationHandler
    implements RequestHandler<Map<String, Object>, Map<String, Object>> {

  @SuppressWarnings(
      "UnusedVariable") // kept, as the context of snapshots holds only a weak reference
  private final Priming priming = Priming.of(RecalculationHandler::prime);

  @Override
  public Map<String, Object> handleRequest(Map<String, Object> input, Context context) {
    return Invocation.run(context.getAwsRequestId(), () -> recalculate(input, context));
  }

  private static Map<String, Object> recalculate(Map<String, Object> input, Context context) {
    WakeUp wakeUp = wakeUp(input);
    return answer(GroupFunction.named(wakeUp.featureGroup()).recalculate(wakeUp, linger(context)));
  }

  /**
   * Reads the input, which is that of the execution, or the last answer, with the name of the
   * execution. An execution that continues another one has the answer to that as its input, and
   * counts its own laps.
   */
  static WakeUp wakeUp(Map<String, Object> input) {
    Object execution = input.getOrDefault("Name", input.get("execution"));
    boolean isNew = !execution.equals(input.get("execution"));
    return new WakeUp(
        (String) input.get("featureGroup"),
        new PartitionRange(number(input, "range", 0), number(input, "ranges", 1)),
        (String) input.get("token"),
        (String) execution,
        (String) input.get("wakeAt"),
        isNew ? 0 : number(input, "laps", 0),
        true);
  }

  /** Returns a number; executions that were started before there were ranges have none. */
  private static int number(Map<String, Object> input, String name, int otherwise) {
    return ((Number) input.getOrDefault(name, otherwise)).intValue();
  }

  /** Recalculates sample entities of the groups that time moves. */
  private static void prime(Clients clients) {
    Instant now = clients.clock().instant();
    PartitionRange range = clients.settings().recalculationRanges().get(0);
    Linger never =
        new Linger(Duration.ZERO, () -> Integer.MAX_VALUE, clients.clock(), millis -> {});
    Catalogue.load()
        .groupsMovedByTime()
        .forEach(
            group ->
                AggregatorFunction.prime(new FunctionGroups(List.of(group)), clients)
                    .get(0)
                    .recalculate(new WakeUp("", range, "", "", now.toString(), 0, true), never));
  }

  private static Linger linger(Context context) {
    Clients clients = Clients.shared();
    return new Linger(
        clients.settings().recalculationLinger(),
        context::getRemainingTimeInMillis,
        clients.clock(),
        Thread::sleep);
  }

  static Map<String, Object> answer(WakeUp next) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("featureGroup", next.featureGroup());
    answer.put("range", next.range().index());
    answer.put("ranges", next.range().ranges());
    answer.put("token", next.token());
    answer.put("execution", next.execution());
    answer.put("wakeAt", next.wakeAt());
    answer.put("laps", next.laps());
    answer.put("pending", next.pending());
    return answer;
  }
}
