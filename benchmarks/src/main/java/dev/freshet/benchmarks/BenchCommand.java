package dev.freshet.benchmarks;

import dev.freshet.benchmarks.measure.RedisNode;
import dev.freshet.benchmarks.measure.RedisNodes;
import dev.freshet.benchmarks.part.Extent;
import dev.freshet.benchmarks.part.Scale;
import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.benchmarks.replay.ReplayMeasurement;
import dev.freshet.benchmarks.replay.ReplayMeasurement.ReplayRow;
import dev.freshet.benchmarks.report.BenchResults;
import dev.freshet.benchmarks.report.Plots;
import dev.freshet.benchmarks.report.Report;
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
      "Compare ratios, not absolute times; nothing else should run on the machine. Takes about four"
          + " minutes."
    })
public final class BenchCommand implements Callable<Integer> {

  /** Where results go. */
  private enum Publish {
    MEMORY,
    EMULATOR
  }

  @Spec private CommandSpec spec;

  @Option(names = "--quick", description = "less exact, in about a minute")
  private boolean quick;

  @Option(names = "--full", description = "also a million keys, which takes minutes more")
  private boolean full;

  @Option(names = "--tiny", hidden = true)
  private boolean tiny;

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description = "of all parts only these: ${COMPLETION-CANDIDATES}")
  private Set<BenchPart> only = EnumSet.allOf(BenchPart.class);

  @Option(names = "--scale", description = "only from 1 to 128 instances, and what limits them")
  private boolean scale;

  @Option(
      names = "--cluster",
      description = "with --scale: a Redis Cluster of three masters instead of one server")
  private boolean cluster;

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

  /** Logs warnings alone, unless another level is asked for: a line a batch takes time. */
  static CommandLine commandLine(Path root) {
    if (System.getenv("LOG_LEVEL") == null && System.getProperty("LOG_LEVEL") == null) {
      System.setProperty("LOG_LEVEL", "WARN");
    }
    return new CommandLine(new BenchCommand(root))
        .setExecutionExceptionHandler(BenchCommand::complain)
        .setParameterExceptionHandler(BenchCommand::reportUsage)
        .setCaseInsensitiveEnumValuesAllowed(true);
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
              folder, store, copy, extent(), ordersPerSecond, seed, target.sink(), this::tell);
      BenchResults results = BenchPart.measure(only, bench);
      publish(results, Report.of(results), into -> Plots.draw(results, into));
    }
  }

  private void scale(Path folder) throws IOException {
    try (RedisNodes redis = cluster ? RedisNodes.cluster(folder) : RedisNodes.single(folder)) {
      List<Scale> results = Scale.measure(redis, extent(), this::tell);
      String report = Report.ofScale(Report.machine(redis.version()), results);
      publish(results, report, into -> Plots.drawScale(results, into));
    }
  }

  private void replay(Path folder) throws IOException {
    List<Long> events =
        tiny ? List.of(2_000L) : full ? List.of(1_130_000L, 20_000_000L) : List.of(1_130_000L);
    List<ReplayRow> results =
        new ReplayMeasurement(root, folder, quick || tiny ? 1 : 3, this::tell)
            .measure(events, orders, flights);
    publish(results, Report.ofReplay(results), into -> {});
  }

  private void publish(Object results, String report, BenchFiles.Drawing drawing)
      throws IOException {
    spec.commandLine().getOut().println(report);
    files.write(results, report, drawing);
  }

  private void checkUsage() {
    require(!(quick && full), "name --quick or --full, not both");
    require(scale || !cluster, "--cluster goes with --scale");
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

  private Extent extent() {
    if (tiny) {
      return Extent.TINY;
    }
    return quick ? Extent.QUICK : full ? Extent.FULL : Extent.USUAL;
  }

  private void tell(String what) {
    spec.commandLine().getErr().println("freshet: " + what);
  }
}
