package dev.freshet.aws.emulator.template;

import dev.freshet.aws.emulator.function.AwsAccount;
import java.util.Arrays;
import java.util.Optional;

/** The kinds of resources that others refer to, with the property of their name and their ARN. */
enum ResourceKind {
  STREAM("AWS::Kinesis::Stream", "Name", "kinesis", "stream/"),
  FUNCTION("AWS::Lambda::Function", "FunctionName", "lambda", "function:"),
  QUEUE("AWS::SQS::Queue", "QueueName", "sqs", ""),
  STATE_MACHINE("AWS::StepFunctions::StateMachine", "StateMachineName", "states", "stateMachine:");

  private final String type;
  private final String nameProperty;
  private final String service;
  private final String arnPrefix;

  ResourceKind(String type, String nameProperty, String service, String arnPrefix) {
    this.type = type;
    this.nameProperty = nameProperty;
    this.service = service;
    this.arnPrefix = arnPrefix;
  }

  static Optional<ResourceKind> ofType(String type) {
    return Arrays.stream(values()).filter(kind -> kind.type.equals(type)).findFirst();
  }

  /** Returns the property that holds the name. */
  String nameProperty() {
    return nameProperty;
  }

  String arn(AwsAccount account, String name) {
    return account.arn(service, arnPrefix + name);
  }
}
