package dev.freshet.benchmarks;

import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The verbs of the {@code freshet} command that measure. */
@Command(name = "freshet", mixinStandardHelpOptions = true)
public final class Main {

  private static final int FAILURE = 1;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(commandLine(root()).execute(arguments));
  }

  /** Logs warnings alone, unless another level is asked for: a line a batch takes time. */
  private static void beQuiet() {
    if (System.getenv("LOG_LEVEL") == null && System.getProperty("LOG_LEVEL") == null) {
      System.setProperty("LOG_LEVEL", "WARN");
    }
  }

  static CommandLine commandLine(Path root) {
    beQuiet();
    return new CommandLine(new Main())
        .addSubcommand(new BenchCommand(root))
        .setExecutionExceptionHandler(Main::complain)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  /** The project's root; the launcher tells it. */
  private static Path root() {
    return Path.of(System.getProperty("freshet.root", "."));
  }

  /** Whatever went wrong: one line that says what, and exit code 1. */
  private static int complain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println("freshet: " + message.lines().findFirst().orElse("failed"));
    return FAILURE;
  }
}
