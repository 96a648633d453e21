package dev.freshet.aws.emulator.template;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads EventBridge rules with a rate; other rules cannot run on one machine. */
final class ScheduleReader {

  private static final String TYPE = "AWS::Events::Rule";
  private static final Pattern RATE = Pattern.compile("rate\\((\\d+) (minute|hour|day)s?\\)");

  private final PackagedService service;
  private final IntrinsicResolver resolver;

  ScheduleReader(PackagedService service, IntrinsicResolver resolver) {
    this.service = service;
    this.resolver = resolver;
  }

  List<ScheduleDefinition> readAll() {
    return service.resources(TYPE).entrySet().stream()
        .filter(rule -> isEnabled(rule.getValue()))
        .flatMap(rule -> read(rule.getKey(), rule.getValue()))
        .toList();
  }

  private Stream<ScheduleDefinition> read(String logicalId, JsonNode rule) {
    Duration rate = rate(logicalId, resolver.resolve(rule, "ScheduleExpression"));
    return rule.path("Targets")
        .valueStream()
        .map(target -> resolver.resolve(target, "Arn"))
        .map(arn -> new ScheduleDefinition(logicalId, functionOf(logicalId, arn), rate));
  }

  private static boolean isEnabled(JsonNode rule) {
    return !rule.path("State").asText().equals("DISABLED");
  }

  private static String functionOf(String logicalId, String arn) {
    if (!arn.contains(":lambda:")) {
      throw new TemplateException(
          "%s calls %s: only schedules of functions can be run on one machine"
              .formatted(logicalId, arn));
    }
    return arn.substring(arn.lastIndexOf(':') + 1);
  }

  private static Duration rate(String logicalId, String expression) {
    Matcher rate = RATE.matcher(expression);
    if (!rate.matches() || Integer.parseInt(rate.group(1)) == 0) {
      throw new TemplateException(
          "%s has the schedule %s: only one such as rate(5 minutes) can be run on one machine"
              .formatted(logicalId, expression));
    }
    int number = Integer.parseInt(rate.group(1));
    return switch (rate.group(2)) {
      case "minute" -> Duration.ofMinutes(number);
      case "hour" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }
}
