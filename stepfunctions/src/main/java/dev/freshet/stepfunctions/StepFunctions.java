package dev.freshet.stepfunctions;

import java.time.Duration;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;

/** Executions on AWS Step Functions, or what speaks its API. */
public final class StepFunctions implements Executions {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String stateMachineArn;
  private SfnClient client;

  private StepFunctions(String stateMachineArn) {
    this.stateMachineArn = stateMachineArn;
  }

  /** A client with the environment's region, credentials and endpoint, made when first needed. */
  public static StepFunctions ofEnvironment(String stateMachineArn) {
    return new StepFunctions(stateMachineArn);
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
              .httpClientBuilder(
                  UrlConnectionHttpClient.builder()
                      .connectionTimeout(TIMEOUT)
                      .socketTimeout(TIMEOUT))
              .overrideConfiguration(call -> call.apiCallTimeout(TIMEOUT))
              .build();
    }
    return client;
  }
}
