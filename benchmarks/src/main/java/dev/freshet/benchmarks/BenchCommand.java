package dev.freshet.benchmarks;

import dev.freshet.benchmarks.measure.RedisNode;
import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.benchmarks.replay.ReplayMeasurement;
import dev.freshet.benchmarks.replay.ReplayMeasurement.ReplayRow;
import dev.freshet.benchmarks.report.BenchResults;
import dev.freshet.benchmarks.report.Plots;
import dev.freshet.benchmarks.report.Report;
import dev.freshet.benchmarks.report.ScaleReport;
import dev.freshet.benchmarks.scale.ScaleResults;
import dev.freshet.benchmarks.scale.ScaleRun;
import dev.freshet.benchmarks.serving.Serving;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet bench}: what an event costs. */
@Command(
    name = "freshet bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures what an event costs.",
      "Runs the engine of courier_accept_time and store_orders, over generated orders and a Redis"
          + " that is started for it, beside two references of the same run: one event at a time,"
          + " and what Redis alone needs for the same commands.",
      "Compare ratios, not absolute times; nothing else should run on the machine."
          + " Takes minutes."
    })
public final class BenchCommand implements Callable<Integer> {

  /** Where results go. */
  private enum Publish {
    MEMORY,
    EMULATOR
  }

  @Spec private CommandSpec spec;

  @Mixin private BenchSize size;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "of all parts only these: ${COMPLETION-CANDIDATES}")
  private Set<BenchPart> only = EnumSet.allOf(BenchPart.class);

  @Option(
      names = "--scale",
      description =
          "only from 1 to 128 instances over stores of one and of three masters, what limits them,"
              + " and what a large cluster would do")
  private boolean scale;

  @Option(
      names = "--direct",
      description = "with --scale: functions write the feature store, without a subscriber")
  private boolean direct;

  @Option(names = "--serving", description = "only reads of a feature service, beside Redis alone")
  private boolean serving;

  @Option(
      names = "--replay",
      description =
          "only ./freshet replay, as whole processes with two cores and with one: 1.13 million"
              + " generated events and 300,000 rows; with --full also 20 million")
  private boolean replay;

  @Option(
      names = "--orders",
      paramLabel = "FILE",
      description = "with --replay: also real events of the reference catalogue, gzipped")
  private Path orders;

  @Option(
      names = "--flights",
      paramLabel = "DIR",
      description = "with --replay: also the folder that examples/flights/events.py wrote")
  private Path flights;

  @Option(
      names = "--jmh",
      paramLabel = "PATTERN",
      arity = "0..1",
      fallbackValue = ".*",
      description = "only the microbenchmarks: all, or those whose names match")
  private String jmh;

  @Option(
      names = "--publish",
      defaultValue = "memory",
      description = "where results go: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Publish publish;

  @Option(
      names = "--orders-per-second",
      paramLabel = "N",
      defaultValue = "5",
      description = "of simulated time, of all stores together (default: ${DEFAULT-VALUE})")
  private double ordersPerSecond;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of the orders")
  private long seed;

  @Mixin private BenchFiles files;

  private final Path root;

  BenchCommand(Path root) {
    this.root = root;
  }

  public static void main(String[] arguments) {
    Path root = Path.of(System.getProperty("freshet.root", "."));
    System.exit(commandLine(root).execute(arguments));
  }

  /** Logs warnings of the platform alone, unless other levels are asked for. */
  static CommandLine commandLine(Path root) {
    setLogLevel("LOG_LEVEL", "WARN"); // a line a batch takes time
    setLogLevel("LIBRARY_LOG_LEVEL", "OFF"); // they warn of the clients of 128 instances
    return new CommandLine(new BenchCommand(root))
        .setExecutionExceptionHandler(BenchCommand::complain)
        .setParameterExceptionHandler(BenchCommand::reportUsage)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static void setLogLevel(String name, String level) {
    if (System.getenv(name) == null && System.getProperty(name) == null) {
      System.setProperty(name, level);
    }
  }

  /** Prints one line of what went wrong; exit code 1. */
  private static int complain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    command.getErr().println("freshet: " + message.lines().findFirst().orElse("failed"));
    return CommandLine.ExitCode.SOFTWARE;
  }

  /** Prints a usage mistake in one line; exit code 2. */
  private static int reportUsage(ParameterException mistake, String... arguments) {
    String message = mistake.getMessage().lines().findFirst().orElse("wrong usage");
    mistake.getCommandLine().getErr().printf("freshet: %s; see 'freshet bench --help'%n", message);
    return CommandLine.ExitCode.USAGE;
  }

  @Override
  public Integer call() throws IOException {
    checkUsage();
    if (jmh != null) {
      Microbenchmarks.run(jmh);
      return 0;
    }
    Path folder = root.resolve(".freshet/bench");
    if (replay) {
      replay(folder);
    } else if (scale) {
      scale(folder);
    } else if (serving) {
      serving(folder);
    } else {
      costs(folder);
    }
    return 0;
  }

  private void costs(Path folder) throws IOException {
    try (ResultTarget target =
            publish == Publish.EMULATOR
                ? ResultTarget.emulator(root, folder)
                : new ResultTarget(Workbench.NOWHERE, () -> {});
        RedisNode store = RedisNode.start("state-store", folder);
        RedisNode copy = RedisNode.start("copy", folder)) {
      Workbench bench =
          new Workbench(
              folder, store, copy, size.extent(), ordersPerSecond, seed, target.sink(), this::tell);
      BenchResults results = BenchPart.measure(only, bench);
      publish(results, Report.of(results), into -> Plots.draw(results, into));
    }
  }

  private void scale(Path folder) throws IOException {
    ScaleResults results = new ScaleRun(folder, direct, size.extent(), this::tell).measure();
    publish(results, ScaleReport.of(results), into -> Plots.drawScale(results, into));
  }

  private void serving(Path folder) throws IOException {
    try (RedisNode redis = RedisNode.start("feature-store", folder)) {
      List<Serving> results = Serving.measure(redis, size.extent().point(), this::tell);
      String report = Report.ofServing(Report.machine(redis.version()), results);
      publish(results, report, into -> Plots.drawServing(results, into));
    }
  }

  private void replay(Path folder) throws IOException {
    List<ReplayRow> results =
        new ReplayMeasurement(root, folder, size.replayRuns(), this::tell)
            .measure(size.replayEvents(), orders, flights);
    publish(results, Report.ofReplay(results), into -> {});
  }

  private void publish(Object results, String report, BenchFiles.Drawing drawing)
      throws IOException {
    spec.commandLine().getOut().println(report);
    files.write(results, report, drawing);
  }

  private void checkUsage() {
    size.checkUsage();
    require(!(scale && serving), "name --scale or --serving, not both");
    require(scale || !direct, "--direct goes with --scale");
    require(
        replay || (orders == null && flights == null), "--orders and --flights go with --replay");
    files.checkUsage();
    require(ordersPerSecond > 0, "--orders-per-second must be positive: " + ordersPerSecond);
  }

  private void require(boolean isGiven, String message) {
    if (!isGiven) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private void tell(String what) {
    spec.commandLine().getErr().println("freshet: " + what);
  }
}
