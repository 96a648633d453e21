package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an event source mapping; missing properties have the defaults of AWS Lambda. */
final class MappingReader {

  private static final int DEFAULT_BATCH_SIZE = 100;
  private static final int NO_LIMIT = -1;
  private static final Pattern FUNCTION = Pattern.compile(":function:([^:]+)");
  private static final Pattern STREAM = Pattern.compile(":stream/([^/]+)");

  private final IntrinsicResolver resolver;

  MappingReader(IntrinsicResolver resolver) {
    this.resolver = resolver;
  }

  MappingDefinition read(String logicalId, JsonNode properties) {
    return new MappingDefinition(
        function(resolver.resolve(properties, "FunctionName")),
        stream(logicalId, resolver.resolve(properties, "EventSourceArn")),
        resolver.integer(properties, "BatchSize", DEFAULT_BATCH_SIZE),
        Duration.ofSeconds(resolver.integer(properties, "MaximumBatchingWindowInSeconds", 0)),
        resolver.integer(properties, "ParallelizationFactor", 1),
        flag(properties, "BisectBatchOnFunctionError", false),
        resolver.integer(properties, "MaximumRetryAttempts", NO_LIMIT),
        maximumRecordAge(properties),
        reportsBatchItemFailures(properties.path("FunctionResponseTypes")),
        onFailureDestination(properties));
  }

  boolean isEnabled(JsonNode properties) {
    return flag(properties, "Enabled", true);
  }

  private static String function(String nameOrArn) {
    Matcher name = FUNCTION.matcher(nameOrArn);
    return name.find() ? name.group(1) : nameOrArn;
  }

  private static String stream(String logicalId, String arn) {
    Matcher stream = STREAM.matcher(arn);
    if (!stream.find()) {
      throw new TemplateException(
          "%s reads %s: only mappings of Kinesis streams can be run on one machine"
              .formatted(logicalId, arn));
    }
    return stream.group(1);
  }

  private Optional<Duration> maximumRecordAge(JsonNode properties) {
    int seconds = resolver.integer(properties, "MaximumRecordAgeInSeconds", NO_LIMIT);
    return seconds == NO_LIMIT ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static boolean reportsBatchItemFailures(JsonNode responseTypes) {
    for (JsonNode type : responseTypes) {
      if (type.asText().equals("ReportBatchItemFailures")) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> onFailureDestination(JsonNode properties) {
    JsonNode destination =
        properties.path("DestinationConfig").path("OnFailure").path("Destination");
    return destination.isMissingNode()
        ? Optional.empty()
        : Optional.of(resolver.resolve(destination));
  }

  private boolean flag(JsonNode properties, String name, boolean otherwise) {
    JsonNode value = properties.path(name);
    return value.isMissingNode() ? otherwise : Boolean.parseBoolean(resolver.resolve(value));
  }
}
