package dev.freshet.stepfunctions;

import java.time.Duration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** The executions on AWS Step Functions, or on a service with the same API. */
public final class StepFunctions implements Executions {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String stateMachineArn;
  private final SdkHttpClient http;
  private SfnClient client;

  private StepFunctions(String stateMachineArn, SdkHttpClient http) {
    this.stateMachineArn = stateMachineArn;
    this.http = http;
  }

  /**
   * Creates executions whose client takes region, credentials and endpoint from the environment, on
   * first use.
   */
  public static StepFunctions ofEnvironment(String stateMachineArn, SdkHttpClient http) {
    return new StepFunctions(stateMachineArn, http);
  }

  @Override
  public void start(String name, String inputJson) {
    var unused =
        client()
            .startExecution(
                call -> call.stateMachineArn(stateMachineArn).name(name).input(inputJson));
  }

  @Override
  public boolean isRunning(String name) {
    String arn = stateMachineArn.replace(":stateMachine:", ":execution:") + ":" + name;
    try {
      return client().describeExecution(call -> call.executionArn(arn)).status()
          == ExecutionStatus.RUNNING;
    } catch (ExecutionDoesNotExistException e) {
      return false;
    }
  }

  private synchronized SfnClient client() {
    if (client == null) {
      client =
          SfnClient.builder()
              .httpClient(http)
              .overrideConfiguration(call -> call.apiCallTimeout(TIMEOUT))
              .build();
    }
    return client;
  }
}
