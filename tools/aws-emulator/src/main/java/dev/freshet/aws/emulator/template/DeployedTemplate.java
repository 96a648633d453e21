package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The deployment that {@code serverless package} wrote, with all references resolved. Lists are in
 * the alphabetical order of the template's logical ids.
 */
public final class DeployedTemplate {

  private static final int DEFAULT_MEMORY_MEGABYTES = 128;
  private static final int DEFAULT_TIMEOUT_SECONDS = 3;

  private final PackagedService service;
  private final IntrinsicResolver resolver;
  private final List<StreamDefinition> streams;
  private final List<FunctionDefinition> functions;
  private final List<MappingDefinition> mappings;
  private final List<StateMachineDefinition> stateMachines;
  private final List<ScheduleDefinition> schedules;

  private DeployedTemplate(PackagedService service) {
    this.service = service;
    this.resolver =
        new IntrinsicResolver(service.resources(), service.account(), service.stackName());
    this.streams = readStreams();
    this.functions = readFunctions();
    this.mappings = readMappings();
    this.stateMachines = readStateMachines();
    this.schedules = new ScheduleReader(service, resolver).readAll();
  }

  /**
   * Reads a packaged service.
   *
   * @param serverlessFolder the folder {@code .serverless} in the project's root
   * @throws TemplateException if it is missing or needs something that cannot run on one machine
   */
  public static DeployedTemplate read(Path serverlessFolder) {
    return new DeployedTemplate(PackagedService.read(serverlessFolder));
  }

  /** Returns the Kinesis streams. */
  public List<StreamDefinition> streams() {
    return streams;
  }

  /** Returns the names of the Kinesis streams. */
  public Set<String> streamNames() {
    return streams.stream().map(StreamDefinition::name).collect(Collectors.toSet());
  }

  /** Returns the Lambda functions. */
  public List<FunctionDefinition> functions() {
    return functions;
  }

  /** Returns the event source mappings that are enabled. */
  public List<MappingDefinition> mappings() {
    return mappings;
  }

  /** Returns the Step Functions state machines. */
  public List<StateMachineDefinition> stateMachines() {
    return stateMachines;
  }

  /** Returns the schedules of functions that are enabled. */
  public List<ScheduleDefinition> schedules() {
    return schedules;
  }

  private List<StreamDefinition> readStreams() {
    return service.resources(ResourceKind.STREAM.type()).values().stream()
        .map(
            stream ->
                new StreamDefinition(
                    resolver.resolve(stream, "Name"), resolver.integer(stream, "ShardCount")))
        .toList();
  }

  private List<FunctionDefinition> readFunctions() {
    return service.resources(ResourceKind.FUNCTION.type()).values().stream()
        .map(this::readFunction)
        .toList();
  }

  private FunctionDefinition readFunction(JsonNode properties) {
    String name = resolver.resolve(properties, "FunctionName");
    return new FunctionDefinition(
        name,
        resolver.resolve(properties, "Handler"),
        service.artifact(name),
        resolver.integer(properties, "MemorySize", DEFAULT_MEMORY_MEGABYTES),
        Duration.ofSeconds(resolver.integer(properties, "Timeout", DEFAULT_TIMEOUT_SECONDS)),
        environment(properties.path("Environment").path("Variables")));
  }

  private Map<String, String> environment(JsonNode variables) {
    Map<String, String> resolved = new TreeMap<>();
    variables
        .properties()
        .forEach(
            variable -> resolved.put(variable.getKey(), resolver.resolve(variable.getValue())));
    return Collections.unmodifiableMap(resolved);
  }

  private List<StateMachineDefinition> readStateMachines() {
    return service.resources(ResourceKind.STATE_MACHINE.type()).values().stream()
        .map(this::readStateMachine)
        .toList();
  }

  private StateMachineDefinition readStateMachine(JsonNode properties) {
    String name = resolver.resolve(properties, ResourceKind.STATE_MACHINE.nameProperty());
    return new StateMachineDefinition(
        name,
        ResourceKind.STATE_MACHINE.arn(service.account(), name),
        resolver.resolve(properties, "DefinitionString"));
  }

  private List<MappingDefinition> readMappings() {
    MappingReader reader = new MappingReader(resolver);
    return service.resources("AWS::Lambda::EventSourceMapping").entrySet().stream()
        .filter(mapping -> reader.isEnabled(mapping.getValue()))
        .map(mapping -> reader.read(mapping.getKey(), mapping.getValue()))
        .toList();
  }
}
