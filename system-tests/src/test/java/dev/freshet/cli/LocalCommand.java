package dev.freshet.cli;

import dev.freshet.testing.FreePort;
import java.util.ArrayList;
import java.util.List;

/** The command line of a platform that takes no port of another one. */
final class LocalCommand {

  private static final List<String> PORTS =
      List.of(
          "--console-port",
          "--kinesis-port",
          "--feature-store-port",
          "--state-store-port",
          "--dynamodb-port");

  private LocalCommand() {}

  /** Returns {@code local} with some options, and a free port for each that they do not name. */
  static String[] with(String... options) {
    List<String> command = new ArrayList<>(List.of("local"));
    command.addAll(List.of(options));
    for (String port : PORTS) {
      if (command.stream().noneMatch(option -> option.startsWith(port))) {
        command.add(port + "=" + FreePort.find());
      }
    }
    return command.toArray(String[]::new);
  }
}
