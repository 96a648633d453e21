package dev.freshet.console.page;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionListItem;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.StateMachineListItem;

/** The executions of recalculation, from Step Functions. */
public final class RecalculationRuns {

  private static final int MOST = 100;

  private final SfnClient client;
  private final String machine;
  private String arn;

  /**
   * @param machine the end of the state machine's name
   */
  public RecalculationRuns(SfnClient client, String machine) {
    this.client = client;
    this.machine = machine;
  }

  /**
   * The newest executions of a state.
   *
   * @param isCut whether there are more
   */
  record Found(List<Execution> executions, boolean isCut) {}

  record Execution(String name, String status, long startedMillis) {}

  /**
   * Returns the newest executions with a status.
   *
   * @throws IllegalStateException if Step Functions does not answer, or has no such state machine
   */
  Found with(ExecutionStatus status) {
    try {
      var page =
          client.listExecutions(
              call -> call.stateMachineArn(arn()).statusFilter(status).maxResults(MOST));
      return new Found(
          page.executions().stream().map(RecalculationRuns::execution).toList(),
          page.nextToken() != null);
    } catch (SdkException e) {
      throw new IllegalStateException("Step Functions: " + e.getMessage(), e);
    }
  }

  private String arn() {
    if (arn == null) {
      Optional<StateMachineListItem> found =
          client.listStateMachinesPaginator(call -> {}).stateMachines().stream()
              .filter(each -> each.name().endsWith(machine))
              .findFirst();
      arn =
          found
              .map(StateMachineListItem::stateMachineArn)
              .orElseThrow(
                  () ->
                      new IllegalStateException(
                          "there is no state machine %s: check stage, region and account"
                              .formatted(machine)));
    }
    return arn;
  }

  private static Execution execution(ExecutionListItem item) {
    Instant started = item.startDate();
    return new Execution(item.name(), item.statusAsString(), started.toEpochMilli());
  }
}
