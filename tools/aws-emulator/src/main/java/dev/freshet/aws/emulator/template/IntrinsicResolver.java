package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * Resolves values of a CloudFormation template to text: literals, and the intrinsic functions
 * {@code Ref}, {@code Fn::GetAtt} of an ARN, {@code Fn::Join} and {@code Fn::Sub}.
 *
 * <p>{@code Ref} of a resource answers with its name, also where CloudFormation would answer with
 * something else, such as the URL of a queue; of a stream consumer, with the stream's ARN and the
 * consumer's name; of a function's alias, with the function's ARN.
 */
final class IntrinsicResolver {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");
  private static final String ALIAS = "AWS::Lambda::Alias";
  private static final String CONSUMER = "AWS::Kinesis::StreamConsumer";

  private final JsonNode resources;
  private final Account account;

  /**
   * @param resources the section {@code Resources} of the template
   */
  IntrinsicResolver(JsonNode resources, Account account) {
    this.resources = resources;
    this.account = account;
  }

  /**
   * The text of a property that must be there.
   *
   * @throws TemplateException if it is missing or cannot be resolved
   */
  String resolve(JsonNode properties, String property) {
    if (!properties.has(property)) {
      throw new TemplateException(
          "%s is missing in %s: set it in serverless.yml".formatted(property, properties));
    }
    return resolve(properties.get(property));
  }

  /**
   * The text of a value.
   *
   * @throws TemplateException if it has an intrinsic function or a reference that is not known
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
    JsonNode resource = resources.path(name);
    if (resource.path("Type").asText().equals(CONSUMER)) {
      JsonNode consumer = resource.path("Properties");
      return resolve(consumer, "StreamARN") + "/consumer/" + resolve(consumer, "ConsumerName");
    }
    if (resource.path("Type").asText().equals(ALIAS)) {
      return ResourceKind.FUNCTION.arn(
          account, resolve(resource.path("Properties"), "FunctionName"));
    }
    return account.pseudoParameter(name).orElseGet(() -> name(resource, kind(resource, value)));
  }

  private String attribute(String name, String attribute, JsonNode value) {
    JsonNode resource = resources.path(name);
    if (!attribute.equals("Arn")) {
      throw unknown(value);
    }
    ResourceKind kind = kind(resource, value);
    return kind.arn(account, name(resource, kind));
  }

  private String join(String delimiter, JsonNode parts) {
    return StreamSupport.stream(parts.spliterator(), false)
        .map(this::resolve)
        .collect(Collectors.joining(delimiter));
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

  private static ResourceKind kind(JsonNode resource, JsonNode value) {
    return ResourceKind.ofType(resource.path("Type").asText()).orElseThrow(() -> unknown(value));
  }

  private String name(JsonNode resource, ResourceKind kind) {
    return resolve(resource.path("Properties"), kind.nameProperty());
  }

  private static TemplateException unknown(JsonNode value) {
    return new TemplateException(
        "cannot resolve "
            + value
            + ": known are Ref, Fn::GetAtt of Arn, Fn::Join and Fn::Sub, of streams, functions,"
            + " queues and state machines");
  }
}
