package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads the resources of a packaged service. */
final class TemplateReader {

  private static final int DEFAULT_MEMORY_MEGABYTES = 128;
  private static final int DEFAULT_TIMEOUT_SECONDS = 3;

  private final PackagedService service;
  private final IntrinsicResolver resolver;

  TemplateReader(PackagedService service) {
    this.service = service;
    this.resolver =
        new IntrinsicResolver(service.resources(), service.account(), service.stackName());
  }

  DeployedTemplate read() {
    MappingReader mappings = new MappingReader(resolver);
    return new DeployedTemplate(
        each("AWS::Kinesis::Stream", this::stream),
        each("AWS::Lambda::Function", this::function),
        service.resources("AWS::Lambda::EventSourceMapping").entrySet().stream()
            .filter(mapping -> mappings.isEnabled(mapping.getValue()))
            .map(mapping -> mappings.read(mapping.getKey(), mapping.getValue()))
            .toList(),
        each("AWS::StepFunctions::StateMachine", this::stateMachine),
        new ScheduleReader(service, resolver).readAll());
  }

  private <T> List<T> each(String type, Function<JsonNode, T> reader) {
    return service.resources(type).values().stream().map(reader).toList();
  }

  private StreamDefinition stream(JsonNode properties) {
    return new StreamDefinition(
        resolver.resolve(properties, "Name"), resolver.integer(properties, "ShardCount"));
  }

  private FunctionDefinition function(JsonNode properties) {
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

  private StateMachineDefinition stateMachine(JsonNode properties) {
    String name = resolver.resolve(properties, "StateMachineName");
    return new StateMachineDefinition(
        name,
        ResourceKind.STATE_MACHINE.arn(service.account(), name),
        resolver.resolve(properties, "DefinitionString"));
  }
}
