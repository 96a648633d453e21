package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.emulator.function.AwsAccount;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Resolves values of a CloudFormation template to text: literals, and the intrinsic functions
 * {@code Ref}, {@code Fn::GetAtt} of an ARN, {@code Fn::Join} and {@code Fn::Sub}.
 *
 * <p>{@code Ref} of a resource gives its name, also where CloudFormation gives something else, such
 * as the URL of a queue. {@code Ref} of a stream consumer gives the stream's ARN and the consumer's
 * name; {@code Ref} of a function's alias gives the function's ARN.
 *
 * @param resources the section {@code Resources} of the template
 */
record IntrinsicResolver(JsonNode resources, AwsAccount account, String stackName) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");

  /**
   * Returns the integer of a property, or a default if the property is missing.
   *
   * @throws IllegalStateException if it is no integer
   */
  int integer(JsonNode properties, String property, int otherwise) {
    return properties.has(property) ? integer(properties, property) : otherwise;
  }

  /**
   * Returns the integer of a required property.
   *
   * @throws IllegalStateException if it is missing or no integer
   */
  int integer(JsonNode properties, String property) {
    String value = resolve(properties, property);
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw new IllegalStateException("%s must be an integer: %s".formatted(property, value), e);
    }
  }

  /**
   * Returns the text of a required property.
   *
   * @throws IllegalStateException if it is missing or cannot be resolved
   */
  String resolve(JsonNode properties, String property) {
    if (!properties.has(property)) {
      throw new IllegalStateException(
          "%s is missing in %s: set it in serverless.yml".formatted(property, properties));
    }
    return resolve(properties.get(property));
  }

  /**
   * Returns the text of a value.
   *
   * @throws IllegalStateException if it has an intrinsic function or a reference that is not known
   */
  String resolve(JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      return value.asText();
    }
    if (value.size() != 1 || !value.isObject()) {
      throw unknown(value);
    }
    JsonNode argument = value.iterator().next();
    return switch (value.fieldNames().next()) {
      case "Ref" -> reference(argument.asText(), value);
      case "Fn::GetAtt" -> attribute(argument.path(0).asText(), argument.path(1).asText(), value);
      case "Fn::Join" -> join(argument.path(0).asText(), argument.path(1));
      case "Fn::Sub" -> substitute(argument, value);
      default -> throw unknown(value);
    };
  }

  private String reference(String name, JsonNode value) {
    JsonNode properties = resources.path(name).path("Properties");
    return switch (resources.path(name).path("Type").asText(name)) {
      case "AWS::Partition" -> AwsAccount.PARTITION;
      case "AWS::Region" -> account.region();
      case "AWS::AccountId" -> account.accountId();
      case "AWS::StackName" -> stackName;
      case "AWS::Kinesis::StreamConsumer" ->
          resolve(properties, "StreamARN") + "/consumer/" + resolve(properties, "ConsumerName");
      case "AWS::Lambda::Alias" -> account.functionArn(resolve(properties, "FunctionName"));
      case "AWS::Kinesis::Stream" -> resolve(properties, "Name");
      case "AWS::DynamoDB::Table" -> resolve(properties, "TableName");
      case "AWS::Lambda::Function" -> resolve(properties, "FunctionName");
      case "AWS::SQS::Queue" -> resolve(properties, "QueueName");
      case "AWS::StepFunctions::StateMachine" -> resolve(properties, "StateMachineName");
      default -> throw unknown(value);
    };
  }

  /** Returns the ARN of a resource of the template. */
  String arn(String logicalId) {
    return attribute(logicalId, "Arn", resources.path(logicalId));
  }

  private String attribute(String name, String attribute, JsonNode value) {
    if (!attribute.equals("Arn")) {
      throw unknown(value);
    }
    return switch (resources.path(name).path("Type").asText()) {
      case "AWS::Kinesis::Stream" -> account.streamArn(reference(name, value));
      case "AWS::Lambda::Function" -> account.functionArn(reference(name, value));
      case "AWS::SQS::Queue" -> account.arn("sqs", reference(name, value));
      case "AWS::StepFunctions::StateMachine" ->
          account.arn("states", "stateMachine:" + reference(name, value));
      default -> throw unknown(value);
    };
  }

  private String join(String delimiter, JsonNode parts) {
    return parts.valueStream().map(this::resolve).collect(Collectors.joining(delimiter));
  }

  private String substitute(JsonNode argument, JsonNode value) {
    String text = (argument.isArray() ? argument.path(0) : argument).asText();
    JsonNode variables = argument.path(1);
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    placeholder(found.group(1), found.group(2), variables, value)));
  }

  private String placeholder(String literal, String name, JsonNode variables, JsonNode value) {
    if (!literal.isEmpty()) {
      return "${" + name + "}";
    }
    if (variables.has(name)) {
      return resolve(variables.get(name));
    }
    int dot = name.indexOf('.');
    return dot < 0
        ? reference(name, value)
        : attribute(name.substring(0, dot), name.substring(dot + 1), value);
  }

  private static IllegalStateException unknown(JsonNode value) {
    return new IllegalStateException(
        "cannot resolve "
            + value
            + ": known are Ref, Fn::GetAtt of Arn, Fn::Join and Fn::Sub, of streams, functions,"
            + " queues and state machines, and Ref of tables");
  }
}
