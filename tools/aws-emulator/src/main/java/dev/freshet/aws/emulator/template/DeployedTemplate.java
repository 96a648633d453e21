package dev.freshet.aws.emulator.template;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deployment that {@code serverless package} wrote, with all references resolved. Lists are in
 * the alphabetical order of the template's logical ids.
 *
 * @param streams the Kinesis streams
 * @param tables the DynamoDB tables
 * @param functions the Lambda functions
 * @param mappings the event source mappings that are enabled
 * @param stateMachines the Step Functions state machines
 * @param schedules the schedules of functions that are enabled
 */
public record DeployedTemplate(
    List<StreamDefinition> streams,
    List<TableDefinition> tables,
    List<FunctionDefinition> functions,
    List<MappingDefinition> mappings,
    List<StateMachineDefinition> stateMachines,
    List<ScheduleDefinition> schedules) {

  /**
   * Reads a packaged service.
   *
   * @param serverlessFolder the folder {@code .serverless} in the project's root
   * @throws IllegalStateException if it is missing or needs something that cannot run on one
   *     machine
   */
  public static DeployedTemplate read(Path serverlessFolder) {
    return new TemplateReader(serverlessFolder).read();
  }

  /** Returns the names of the Kinesis streams. */
  public Set<String> streamNames() {
    return streams.stream().map(StreamDefinition::name).collect(Collectors.toSet());
  }
}
