package dev.freshet.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs of the {@code freshet} command that measure. */
@Command(name = "freshet", subcommands = BenchCommand.class)
public final class Main {

  private static final int FAILURE = 1;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Main()).setExecutionExceptionHandler(Main::complain);
  }

  /** Whatever went wrong: one line that says what, and exit code 1. */
  private static int complain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println("freshet: " + message.lines().findFirst().orElse("failed"));
    return FAILURE;
  }
}
