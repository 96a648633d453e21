package dev.freshet.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.freshet.benchmarks.measure.Machine;
import dev.freshet.benchmarks.measure.Servers;
import dev.freshet.benchmarks.measure.Store;
import dev.freshet.benchmarks.part.AllGroups;
import dev.freshet.benchmarks.part.Extent;
import dev.freshet.benchmarks.part.Replication;
import dev.freshet.benchmarks.part.Scale;
import dev.freshet.benchmarks.part.Series;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.part.SmallFunction;
import dev.freshet.benchmarks.part.WholePath;
import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.benchmarks.report.Plots;
import dev.freshet.benchmarks.report.Report;
import dev.freshet.benchmarks.report.Results;
import dev.freshet.replay.file.OutputFile;
import dev.freshet.stream.RecordSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet bench}: what an event costs. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures what an event costs: the engine of courier_accept_time and store_orders, over",
      "generated orders and a Redis that is started for it, beside two references of the same run:",
      "one event at a time, and what Redis alone needs for the same commands.",
      "Ratios count, not absolute times: let the machine be quiet. Takes about four minutes."
    })
final class BenchCommand implements Callable<Integer> {

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
  private Set<Part> only = EnumSet.allOf(Part.class);

  @Option(names = "--scale", description = "only from 1 to 128 instances, and what limits them")
  private boolean scale;

  @Option(
      names = "--cluster",
      description = "with --scale: a Redis Cluster of three masters instead of one server")
  private boolean cluster;

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
  private Target publish;

  @Option(
      names = "--orders-per-second",
      paramLabel = "N",
      defaultValue = "5",
      description = "of simulated time, of all stores together (default: ${DEFAULT-VALUE})")
  private double ordersPerSecond;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "of the orders")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "writes the results as JSON")
  private Path json;

  @Option(names = "--markdown", paramLabel = "FILE", description = "writes the tables")
  private Path markdown;

  @Option(names = "--plots", paramLabel = "DIR", description = "draws the plots as SVG")
  private Path plots;

  private final Path root;

  BenchCommand(Path root) {
    this.root = root;
  }

  @Override
  public Integer call() throws IOException {
    checkUsage();
    if (jmh != null) {
      Microbenchmarks.run(jmh);
      return 0;
    }
    Path folder = root.resolve(".freshet/bench");
    try (Publisher publisher = publish.open(root, folder)) {
      String report = scale ? scale(folder) : costs(folder, publisher.sink());
      spec.commandLine().getOut().println(report);
      if (markdown != null) {
        OutputFile.write(markdown, unfinished -> Files.writeString(unfinished, report));
      }
    }
    return 0;
  }

  private String costs(Path folder, RecordSink sink) throws IOException {
    try (Store store = Store.start("state-store", folder);
        Store copy = Store.start("copy", folder)) {
      Workbench bench = new Workbench(store, copy, extent(), seed, sink, this::tell);
      Results results = measure(bench);
      writeJson(results);
      if (plots != null) {
        Files.createDirectories(plots);
        Plots.draw(results, plots);
      }
      return Report.of(results);
    }
  }

  private Results measure(Workbench bench) {
    String machine = Machine.describe(bench.store().version());
    Series series = new Series(bench);
    return new Results(
        machine,
        only.contains(Part.PATH) ? WholePath.measure(bench, ordersPerSecond) : null,
        only.contains(Part.REFERENCES) ? SideBySide.measure(bench, ordersPerSecond) : null,
        only.contains(Part.HELD) ? series.held() : List.of(),
        only.contains(Part.LAST) ? series.lastEventsHeld() : List.of(),
        only.contains(Part.KEYS) ? series.keys() : List.of(),
        only.contains(Part.GROUPS) ? AllGroups.measure(bench, ordersPerSecond) : null,
        only.contains(Part.REPLICAS) ? Replication.measure(bench, ordersPerSecond) : List.of(),
        only.contains(Part.MEMORY) ? SmallFunction.measure(bench, ordersPerSecond) : List.of());
  }

  private String scale(Path folder) throws IOException {
    try (Servers servers = cluster ? Servers.cluster(folder) : Servers.single(folder)) {
      List<Scale> results = Scale.measure(servers, extent(), this::tell);
      writeJson(results);
      if (plots != null) {
        Files.createDirectories(plots);
        Plots.drawScale(results, plots);
      }
      return Report.ofScale(Machine.describe(servers.version()), results);
    }
  }

  private void checkUsage() {
    if (quick && full) {
      throw new ParameterException(spec.commandLine(), "name --quick or --full, not both");
    }
    if (cluster && !scale) {
      throw new ParameterException(spec.commandLine(), "--cluster goes with --scale");
    }
    if (json != null && markdown != null && json.normalize().equals(markdown.normalize())) {
      throw new ParameterException(
          spec.commandLine(), "--json and --markdown are one file, " + json + ": name two");
    }
    if (!(ordersPerSecond > 0)) {
      throw new ParameterException(
          spec.commandLine(), "--orders-per-second must be positive: " + ordersPerSecond);
    }
  }

  private Extent extent() {
    if (tiny) {
      return Extent.tiny();
    }
    return quick ? Extent.quick() : full ? Extent.full() : Extent.usual();
  }

  private void tell(String what) {
    spec.commandLine().getErr().println("freshet: " + what);
  }

  private void writeJson(Object results) throws IOException {
    if (json != null) {
      ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
      OutputFile.write(json, unfinished -> mapper.writeValue(unfinished.toFile(), results));
    }
  }
}
