package dev.freshet.cli.command;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.Replay;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.ReplayScope;
import dev.freshet.replay.ScopeOptions;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.file.OutputFile;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet replay}: computes features of the past from files. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    description = {
      "Computes the features of the past from files of events, for training.",
      "Uses the declarations and the engine of the functions. Without --spine, writes a row for every"
          + " result that an event would have published. With it, writes each row of the spine with"
          + " the features of its entities at its instant, from the events until then."
    })
public final class ReplayCommand implements Callable<Integer> {

  private final boolean terminal;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description =
          "JSON objects, one after another or in arrays, gzipped or not; or .csv, .csv.gz or"
              + " .parquet with a column for each member; in any order. A pattern such as"
              + " 'days/**.parquet' stands for all that match; STREAM=FILE if the stream says the"
              + " type of its events")
  private List<String> events;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = ".jsonl, .csv (each also .gz) or .parquet")
  private Path output;

  @Option(
      names = "--spine",
      paramLabel = "FILE",
      description = "columns named after dimensions and a column at; further ones are kept")
  private Path spine;

  @Option(
      names = "--before",
      description = "leave out the events at a row's instant itself; with --spine")
  private boolean before;

  @Option(
      names = "--entity-ttl",
      paramLabel = "DURATION",
      defaultValue = "P90D",
      description = "the setting ENTITY_TTL of the platform; ${DEFAULT-VALUE} unless given")
  private Duration entityTtl;

  @Mixin private ScopeOptions selected;

  @SuppressWarnings("UnusedVariable") // the launcher reads it, before there is a heap
  @Option(
      names = "--memory",
      paramLabel = "SIZE",
      description =
          "the heap, such as 2g; 448m unless given. What does not fit is in temporary files")
  private String memory;

  /**
   * @param terminal whether the error stream is a terminal
   */
  public ReplayCommand(boolean terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    requireTable("--output", output);
    if (before && spine == null) {
      throw new ParameterException(spec.commandLine(), "--before needs --spine");
    }
    if (spine != null) {
      requireTable("--spine", spine);
    }
    List<FeatureGroup> groups = Catalogue.load().groups();
    ReplayScope scope = selected.of(Catalogue.load(), spine != null);
    List<EventSource> sources = EventSource.all(events, Catalogue.load().eventTypes());
    requireNoInput(sources);
    PrintWriter err = spec.commandLine().getErr();
    ProgressBar bar = new ProgressBar(err, System::nanoTime);
    Replay replay =
        new Replay(
            groups, entityTtl, Replay.memoryOfHeap(), terminal ? bar : ReplayProgress.NONE, scope);
    long start = System.nanoTime();
    ReplayReport report = run(replay, sources);
    if (terminal) {
      bar.clear();
    }
    report.text().forEach(err::println);
    err.println(summary(report, Duration.ofNanos(System.nanoTime() - start)));
    return 0;
  }

  private ReplayReport run(Replay replay, List<EventSource> sources) throws IOException {
    return spine == null
        ? replay.results(sources, output)
        : replay.join(sources, spine, output, before);
  }

  private void requireNoInput(List<EventSource> sources) throws IOException {
    List<Path> inputs = new ArrayList<>();
    sources.forEach(source -> inputs.add(source.path()));
    if (spine != null) {
      inputs.add(spine);
    }
    Optional<Path> input = OutputFile.among(inputs, output);
    if (input.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--output %s is the input %s: name another file".formatted(output, input.get()));
    }
  }

  private void requireTable(String option, Path file) {
    if (TableFormat.of(file).isEmpty()) {
      throw new ParameterException(
          spec.commandLine(),
          "%s %s: its name must end in one of %s"
              .formatted(option, file, String.join(" ", TableFormat.extensions())));
    }
  }

  private String summary(ReplayReport report, Duration took) {
    double seconds = Math.max(1, took.toMillis()) / 1000.0;
    return String.format(
        Locale.ROOT,
        "%s: %,d rows in %.1f s (%,d rows/s)",
        output,
        report.rows(),
        seconds,
        Math.round(report.rows() / seconds));
  }
}
