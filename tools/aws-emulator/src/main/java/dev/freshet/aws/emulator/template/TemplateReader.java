package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.emulator.function.AwsAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reads a packaged service: the template, and the state of the Serverless Framework. Missing
 * properties have the defaults of AWS.
 */
final class TemplateReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NO_LIMIT = -1;
  private static final Pattern FUNCTION = Pattern.compile(":function:([^:]+)");
  private static final Pattern STREAM = Pattern.compile(":stream/([^/]+)");
  private static final Pattern RATE = Pattern.compile("rate\\(([1-9]\\d*) (minute|hour|day)s?\\)");

  private final JsonNode resources;
  private final JsonNode service;
  private final Path root;
  private final IntrinsicResolver resolver;

  TemplateReader(Path folder) {
    this.resources =
        json(folder.resolve("cloudformation-template-update-stack.json")).path("Resources");
    JsonNode state = json(folder.resolve("serverless-state.json"));
    this.service = state.path("service");
    this.root = folder.toAbsolutePath().normalize().getParent();
    this.resolver =
        new IntrinsicResolver(
            resources,
            new AwsAccount(service.path("provider").path("region").asText(), "000000000000"),
            service.path("service").asText() + "-" + stage(state));
  }

  /** Reads the stage from the folder of the code: {@code <prefix>/<service>/<stage>/<time>}. */
  private static String stage(JsonNode state) {
    Path folder = Path.of(state.path("package").path("artifactDirectoryName").asText());
    return Optional.ofNullable(folder.getParent())
        .map(parent -> parent.getFileName().toString())
        .orElse("local");
  }

  private static JsonNode json(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalStateException(
          "%s was not found: run npx serverless package --stage local".formatted(file));
    }
    try {
      return JSON.readTree(file.toFile());
    } catch (IOException e) {
      throw new IllegalStateException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  DeployedTemplate read() {
    return new DeployedTemplate(
        each("AWS::Kinesis::Stream", this::stream),
        each("AWS::DynamoDB::Table", this::table),
        each("AWS::Lambda::Function", this::function),
        each("AWS::Lambda::EventSourceMapping", this::mapping),
        each("AWS::StepFunctions::StateMachine", this::stateMachine),
        each("AWS::Events::Rule", this::schedules));
  }

  /** Reads the resources of one type, by logical id in alphabetical order. */
  private <T> List<T> each(String type, BiFunction<String, JsonNode, Stream<T>> reader) {
    Map<String, JsonNode> found = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each : resources.properties()) {
      if (each.getValue().path("Type").asText().equals(type)) {
        found.put(each.getKey(), each.getValue().path("Properties"));
      }
    }
    return found.entrySet().stream()
        .flatMap(each -> reader.apply(each.getKey(), each.getValue()))
        .toList();
  }

  private Stream<StreamDefinition> stream(String logicalId, JsonNode properties) {
    return Stream.of(
        new StreamDefinition(
            resolver.resolve(properties, "Name"), resolver.integer(properties, "ShardCount")));
  }

  private Stream<TableDefinition> table(String logicalId, JsonNode properties) {
    JsonNode key = properties.path("KeySchema");
    if (key.size() != 1) {
      throw new IllegalStateException(
          "%s has %d key attributes: only a table with one can be run on one machine"
              .formatted(logicalId, key.size()));
    }
    return Stream.of(
        new TableDefinition(
            resolver.resolve(properties, "TableName"),
            resolver.resolve(key.path(0), "AttributeName")));
  }

  private Stream<FunctionDefinition> function(String logicalId, JsonNode properties) {
    String name = resolver.resolve(properties, "FunctionName");
    Map<String, String> environment = new TreeMap<>();
    for (Map.Entry<String, JsonNode> each :
        properties.path("Environment").path("Variables").properties()) {
      environment.put(each.getKey(), resolver.resolve(each.getValue()));
    }
    return Stream.of(
        new FunctionDefinition(
            name,
            resolver.resolve(properties, "Handler"),
            artifact(name),
            resolver.integer(properties, "MemorySize", 128),
            Duration.ofSeconds(resolver.integer(properties, "Timeout", 3)),
            Collections.unmodifiableMap(environment)));
  }

  /** Returns the jar of a function. */
  private Path artifact(String functionName) {
    return service
        .path("functions")
        .valueStream()
        .filter(function -> function.path("name").asText().equals(functionName))
        .map(function -> function.path("package").path("artifact").asText())
        .filter(artifact -> !artifact.isEmpty())
        .findFirst()
        .map(root::resolve)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "function %s has no package.artifact: name its jar in serverless.yml"
                        .formatted(functionName)));
  }

  private Stream<MappingDefinition> mapping(String logicalId, JsonNode properties) {
    if (!flag(properties, "Enabled", true)) {
      return Stream.empty();
    }
    int age = resolver.integer(properties, "MaximumRecordAgeInSeconds", NO_LIMIT);
    JsonNode destination = properties.at("/DestinationConfig/OnFailure/Destination");
    return Stream.of(
        new MappingDefinition(
            functionOf(resolver.resolve(properties, "FunctionName")),
            streamOf(logicalId, resolver.resolve(properties, "EventSourceArn")),
            resolver.integer(properties, "BatchSize", 100),
            Duration.ofSeconds(resolver.integer(properties, "MaximumBatchingWindowInSeconds", 0)),
            resolver.integer(properties, "ParallelizationFactor", 1),
            flag(properties, "BisectBatchOnFunctionError", false),
            resolver.integer(properties, "MaximumRetryAttempts", NO_LIMIT),
            age == NO_LIMIT ? Optional.empty() : Optional.of(Duration.ofSeconds(age)),
            properties
                .path("FunctionResponseTypes")
                .valueStream()
                .anyMatch(type -> type.asText().equals("ReportBatchItemFailures")),
            destination.isMissingNode()
                ? Optional.empty()
                : Optional.of(resolver.resolve(destination))));
  }

  private boolean flag(JsonNode properties, String name, boolean otherwise) {
    return properties.has(name)
        ? Boolean.parseBoolean(resolver.resolve(properties, name))
        : otherwise;
  }

  private static String functionOf(String nameOrArn) {
    Matcher name = FUNCTION.matcher(nameOrArn);
    return name.find() ? name.group(1) : nameOrArn;
  }

  private static String streamOf(String logicalId, String arn) {
    Matcher stream = STREAM.matcher(arn);
    if (!stream.find()) {
      throw new IllegalStateException(
          "%s reads %s: only mappings of Kinesis streams can be run on one machine"
              .formatted(logicalId, arn));
    }
    return stream.group(1);
  }

  private Stream<StateMachineDefinition> stateMachine(String logicalId, JsonNode properties) {
    return Stream.of(
        new StateMachineDefinition(
            resolver.resolve(properties, "StateMachineName"),
            resolver.arn(logicalId),
            resolver.resolve(properties, "DefinitionString")));
  }

  /** Reads a rule with a rate; other rules cannot run on one machine. */
  private Stream<ScheduleDefinition> schedules(String logicalId, JsonNode rule) {
    if (rule.path("State").asText().equals("DISABLED")) {
      return Stream.empty();
    }
    Duration rate = rate(logicalId, resolver.resolve(rule, "ScheduleExpression"));
    return rule.path("Targets")
        .valueStream()
        .map(target -> resolver.resolve(target, "Arn"))
        .map(arn -> new ScheduleDefinition(logicalId, scheduled(logicalId, arn), rate));
  }

  private static String scheduled(String logicalId, String arn) {
    Matcher name = FUNCTION.matcher(arn);
    if (!name.find()) {
      throw new IllegalStateException(
          "%s calls %s: only schedules of functions can be run on one machine"
              .formatted(logicalId, arn));
    }
    return name.group(1);
  }

  private static Duration rate(String logicalId, String expression) {
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches()) {
      throw new IllegalStateException(
          "%s has the schedule %s: only one such as rate(5 minutes) can be run on one machine"
              .formatted(logicalId, expression));
    }
    ChronoUnit unit = ChronoUnit.valueOf(rate.group(2).toUpperCase(Locale.ROOT) + "S");
    return Duration.of(Long.parseLong(rate.group(1)), unit);
  }
}
