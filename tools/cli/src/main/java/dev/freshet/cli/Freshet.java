package dev.freshet.cli;

import dev.freshet.cli.command.AuditCommand;
import dev.freshet.cli.command.BackfillCommand;
import dev.freshet.cli.command.CatalogCommand;
import dev.freshet.cli.command.CheckCommand;
import dev.freshet.cli.command.ConsoleCommand;
import dev.freshet.cli.command.CostCommand;
import dev.freshet.cli.command.DriftCommand;
import dev.freshet.cli.command.ExplainCommand;
import dev.freshet.cli.command.ForgetCommand;
import dev.freshet.cli.command.GetCommand;
import dev.freshet.cli.command.LedgerCommand;
import dev.freshet.cli.command.NewAggregatorCommand;
import dev.freshet.cli.command.RebuildCommand;
import dev.freshet.cli.command.RedriveCommand;
import dev.freshet.cli.command.ReplayCommand;
import dev.freshet.cli.local.LocalCommand;
import dev.freshet.cli.option.Converters;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The {@code freshet} command. */
@Command(
    name = "freshet",
    mixinStandardHelpOptions = true,
    version = "freshet 0.1.0",
    description = "Real-time machine-learning features, exactly right, from one declaration.",
    footer = {
      "  bench           Measures what an event costs. Its first use builds it.",
      "",
      "--catalogue DIR, with local, replay, catalog, check, explain, audit, drift, rebuild, backfill and",
      "get: uses the catalogue of another folder; docs/adopt.md says what it contains."
    })
public final class Freshet implements Runnable {

  private static final int FAILURE = 1;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(commandLine(root(), service()).execute(arguments));
  }

  /**
   * @param root the project's root
   * @param service the folder of the catalogue and its packaged service: the root, or another
   */
  static CommandLine commandLine(Path root, Path service) {
    Clock clock = Clock.systemUTC();
    return new CommandLine(new Freshet())
        .addSubcommand(new LocalCommand(root, service, clock))
        .addSubcommand(new GetCommand(clock))
        .addSubcommand(new CatalogCommand())
        .addSubcommand(new CheckCommand(clock))
        .addSubcommand(new ReplayCommand(Boolean.getBoolean("freshet.progress")))
        .addSubcommand(new ExplainCommand(clock))
        .addSubcommand(new DriftCommand(clock))
        .addSubcommand(new AuditCommand(clock))
        .addSubcommand(new ConsoleCommand(root, service, clock))
        .addSubcommand(new CostCommand(root, service))
        .addSubcommand(new LedgerCommand(clock))
        .addSubcommand(new RedriveCommand(clock))
        .addSubcommand(new RebuildCommand(service, clock))
        .addSubcommand(new BackfillCommand(service, Boolean.getBoolean("freshet.progress"), clock))
        .addSubcommand(new ForgetCommand(clock))
        .addSubcommand(new NewAggregatorCommand(root))
        .registerConverter(Duration.class, Converters::duration)
        .registerConverter(Instant.class, Converters::time)
        .setExecutionExceptionHandler(Freshet::reportFailure)
        .setParameterExceptionHandler(Freshet::reportUsage)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }

  /** Prints a failure in one line; returns exit code 1. */
  private static int reportFailure(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    command.getErr().println("freshet: " + line(failure));
    return FAILURE;
  }

  /**
   * Returns the message of a failure in one line. A failure of another thread comes inside one that
   * has only the name of its class to add.
   */
  static String line(Throwable failure) {
    Throwable cause = failure.getCause();
    if (cause != null && cause.toString().equals(failure.getMessage())) {
      return line(cause);
    }
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    return message.lines().findFirst().orElse("failed");
  }

  /** Prints a usage mistake in one line; returns exit code 2. */
  private static int reportUsage(ParameterException mistake, String... arguments) {
    CommandLine command = mistake.getCommandLine();
    String message = Objects.toString(mistake.getMessage(), "wrong usage");
    command
        .getErr()
        .printf(
            "freshet: %s; see '%s --help'%n",
            message.lines().findFirst().orElse("wrong usage"),
            command.getCommandSpec().qualifiedName());
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Returns the folder of the catalogue, which the launcher sets. */
  private static Path service() {
    return Path.of(System.getProperty("freshet.service", System.getProperty("freshet.root", ".")));
  }

  /** Returns the project's root, which the launcher sets. */
  private static Path root() {
    return Path.of(System.getProperty("freshet.root", "."));
  }
}
