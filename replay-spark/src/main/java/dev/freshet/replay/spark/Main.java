package dev.freshet.replay.spark;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.EventType;
import dev.freshet.event.Timestamps;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.ReplayScope;
import dev.freshet.replay.ScopeOptions;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * Runs {@code freshet replay} on a cluster, with the same options; {@code spark-submit} starts it.
 */
@Command(
    name = "replay-spark",
    mixinStandardHelpOptions = true,
    description = {
      "Computes features from files of events as './freshet replay' does, on a Spark cluster.",
      "Files are paths of any file system that it knows; patterns and folders are read too."
    })
public final class Main implements Callable<Integer> {

  private static final int FAILURE = 1;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      arity = "1..*",
      required = true,
      description =
          "JSON objects, one after another or in arrays, gzipped or not; or .csv, .csv.gz or"
              + " .parquet with a column for each member; in any order; each is read by one task."
              + " STREAM=FILE if the stream says the type of its events")
  private List<String> events;

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      required = true,
      description = "a new folder of parts, named .jsonl, .csv (each also .gz) or .parquet")
  private String output;

  @Option(
      names = "--spine",
      paramLabel = "FILE",
      description = "a file, or a folder or pattern of such, in the order of their paths")
  private String spine;

  @Option(
      names = "--before",
      description = "leave out the events at a row's instant itself; with --spine")
  private boolean before;

  @Option(
      names = "--backfill",
      paramLabel = "GROUP",
      description = "write the history of this group's entities, for './freshet backfill --parts'")
  private String backfill;

  @Option(
      names = "--seam",
      paramLabel = "TIME",
      description = "up to this RFC 3339 time, which './freshet backfill' prints; with --backfill")
  private String seam;

  @Option(
      names = "--entity-ttl",
      paramLabel = "DURATION",
      defaultValue = "P90D",
      description = "the setting ENTITY_TTL of the platform; ${DEFAULT-VALUE} unless given")
  private Duration entityTtl;

  @Mixin private ScopeOptions selected;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "of the entities and of the output; spark.default.parallelism unless given")
  private int partitions;

  private final Supplier<JavaSparkContext> spark;

  private Main(Supplier<JavaSparkContext> spark) {
    this.spark = spark;
  }

  public static void main(String[] arguments) {
    int code = command(Main::spark).execute(arguments);
    // On a cluster, a driver that calls exit counts as failed, whatever the code.
    if (code != 0) {
      System.exit(code);
    }
  }

  static CommandLine command(Supplier<JavaSparkContext> spark) {
    return new CommandLine(new Main(spark)).setExecutionExceptionHandler(Main::complain);
  }

  /** Creates the context, with defaults for settings that spark-submit does not give. */
  private static JavaSparkContext spark() {
    SparkConf settings = new SparkConf();
    settings.setIfMissing("spark.app.name", "freshet replay");
    settings.setIfMissing("spark.serializer", "org.apache.spark.serializer.KryoSerializer");
    return new JavaSparkContext(settings);
  }

  @Override
  public Integer call() throws IOException {
    if (partitions < 0 || entityTtl.isNegative() || entityTtl.isZero()) {
      throw new ParameterException(
          spec.commandLine(), "--partitions and --entity-ttl must be more than nothing");
    }
    if (before && spine == null) {
      throw new ParameterException(spec.commandLine(), "--before needs --spine");
    }
    checkBackfill();
    ReplayScope scope = selected.of(Catalogue.load(), spine != null);
    if (backfill != null && selected.isGiven()) {
      throw new ParameterException(
          spec.commandLine(), "--backfill writes all of a history: choose no part");
    }
    try (JavaSparkContext cluster = spark.get()) {
      requireNoInput(cluster.hadoopConfiguration());
      run(cluster, scope);
    }
    return 0;
  }

  private void checkBackfill() {
    if ((backfill == null) != (seam == null) || (backfill != null && spine != null)) {
      throw new ParameterException(
          spec.commandLine(), "--backfill and --seam need each other, and no --spine");
    }
    if (backfill != null && Timestamps.parse(seam) == Timestamps.UNPARSABLE) {
      throw new ParameterException(spec.commandLine(), "--seam: " + Timestamps.complaint(seam));
    }
    if (backfill != null && !isGroupWithHistory()) {
      throw new ParameterException(
          spec.commandLine(), "--backfill: the catalogue has no group with history " + backfill);
    }
  }

  private boolean isGroupWithHistory() {
    return Catalogue.load().groups().stream()
        .anyMatch(group -> group.name().equals(backfill) && group.hasHistory());
  }

  private void requireNoInput(Configuration files) throws IOException {
    List<String> paths = new ArrayList<>();
    sources().forEach(source -> paths.add(source.file()));
    if (spine != null) {
      paths.add(spine);
    }
    Optional<Path> input = new Inputs(paths, files).overlapping(output);
    if (input.isPresent()) {
      throw new ParameterException(
          spec.commandLine(),
          "--output %s overlaps the input %s: name another folder".formatted(output, input.get()));
    }
  }

  private List<EventSource> sources() {
    List<EventType> types = Catalogue.load().eventTypes();
    return events.stream().map(each -> EventSource.parse(each, types)).toList();
  }

  private void run(JavaSparkContext cluster, ReplayScope scope) throws IOException {
    int parallel = partitions > 0 ? partitions : cluster.defaultParallelism();
    ClusterReplay replay = new ClusterReplay(cluster, scope, entityTtl, parallel);
    long start = System.nanoTime();
    ReplayReport report = run(replay);
    double seconds = (System.nanoTime() - start) / 1e9;
    PrintWriter err = spec.commandLine().getErr();
    report.text().forEach(err::println);
    err.printf(Locale.ROOT, "%s: %,d rows in %.1f s%n", output, report.rows(), seconds);
    err.flush();
  }

  private ReplayReport run(ClusterReplay replay) throws IOException {
    if (backfill != null) {
      return replay.pasts(
          sources(), Catalogue.load().group(backfill), Timestamps.parse(seam), output);
    }
    return spine == null
        ? replay.results(sources(), output)
        : replay.join(sources(), spine, output, before);
  }

  /** Prints the cause of a failure; Spark wraps the exception of a task in its own. */
  private static int complain(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) {
    Throwable cause = failure;
    while (cause.getCause() != null && !(cause instanceof IOException)) {
      cause = cause.getCause();
    }
    String message = Objects.requireNonNullElse(cause.getMessage(), cause.toString());
    command.getErr().println("freshet: " + message.lines().findFirst().orElse("failed"));
    return FAILURE;
  }
}
