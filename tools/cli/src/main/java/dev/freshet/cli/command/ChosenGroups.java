package dev.freshet.cli.command;

import dev.freshet.definition.Catalogue;
import dev.freshet.local.platform.DeployedGroups;
import dev.freshet.operations.rebuild.GroupStreams;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The deployed feature groups that a command is to work on. */
final class ChosenGroups {

  private ChosenGroups() {}

  /**
   * Returns the groups with these names, or all if there are none.
   *
   * @param service the folder of the packaged service
   * @throws ParameterException if a name is unknown
   */
  static List<GroupStreams> of(Set<String> names, Path service, CommandSpec spec) {
    List<GroupStreams> deployed = DeployedGroups.of(service, Catalogue.load());
    Set<String> known =
        deployed.stream().map(each -> each.group().name()).collect(Collectors.toSet());
    for (String name : names) {
      if (!known.contains(name)) {
        throw new ParameterException(
            spec.commandLine(),
            "there is no feature group '" + name + "'; './freshet catalog' lists them");
      }
    }
    return deployed.stream()
        .filter(each -> names.isEmpty() || names.contains(each.group().name()))
        .toList();
  }
}
