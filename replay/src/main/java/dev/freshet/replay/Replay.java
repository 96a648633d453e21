package dev.freshet.replay;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.EventReading.Judge;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.file.OutputFile;
import dev.freshet.replay.sort.ExternalSort.Order;
import dev.freshet.replay.sort.PartitionedSort;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replays files of events on one machine, with all of its processors.
 *
 * <p>The files need not be sorted and may hold events more than once. Steps and rows are in
 * partitions, which are in memory as long as they fit, and in temporary files beyond. So memory is
 * bounded by a setting and the state of an entity for each processor, not by the files. The output
 * appears when it is complete.
 */
public final class Replay {

  /** The default of the setting {@code ENTITY_TTL}. */
  public static final Duration TIME_TO_LIVE = Duration.ofDays(90);

  /** The usual memory for sorting. */
  public static final long MEMORY_BYTES = 128L << 20;

  private static final int STEP_PARTITIONS = 64;
  private static final int ROWS_PER_REPORT = 1_024;

  private final List<FeatureGroup> groups;
  private final Duration timeToLive;
  private final long memoryBytes;
  private final ReplayProgress progress;
  private final ReplayScope scope;
  private final int threads = Runtime.getRuntime().availableProcessors();

  /**
   * @param timeToLive see {@link EntityReplay}
   * @param memoryBytes for sorting, such as {@link #MEMORY_BYTES}
   */
  public Replay(
      List<FeatureGroup> groups, Duration timeToLive, long memoryBytes, ReplayProgress progress) {
    this(groups, timeToLive, memoryBytes, progress, ReplayScope.ALL);
  }

  /** Creates a replay of a part. */
  public Replay(
      List<FeatureGroup> groups,
      Duration timeToLive,
      long memoryBytes,
      ReplayProgress progress,
      ReplayScope scope) {
    this.scope = scope;
    this.groups = List.copyOf(groups);
    this.timeToLive = timeToLive;
    this.memoryBytes = memoryBytes;
    this.progress = progress;
  }

  /** Returns the memory for sorting that leaves enough of the heap for all else. */
  public static long memoryOfHeap() {
    return Runtime.getRuntime().maxMemory() / 8 * 3;
  }

  /**
   * Writes a row for every result that the online path would have published at an event, in the
   * order of time.
   *
   * @throws IOException if a file cannot be read or written, or no event can be used; the message
   *     is one line
   */
  public ReplayReport results(List<EventSource> events, Path output) throws IOException {
    FeatureColumns columns =
        new FeatureColumns(scope.groups(groups, false), scope.columns(), false);
    ReplayReport report = new ReplayReport();
    try (Workers workers = new Workers(threads);
        PartitionedSort steps = steps()) {
      readEvents(events, columns, report, workers, steps);
      PublishedRows.Slices slices = PublishedRows.Slices.of(report.events());
      try (PartitionedSort rows = rows(slices.count(), Order.SORTED)) {
        new PartitionWalk(columns, timeToLive, true, report, progress)
            .walk(steps, workers, rows, row -> scope.hasPublished(row) ? slices.slice(row) : -1);
        OutputFile.write(
            output,
            file -> {
              try (RowWriter out =
                  TableFormat.require(output.toString())
                      .write(file, PublishedRows.COLUMNS, columns.columns())) {
                for (int i = 0; i < slices.count(); i++) {
                  PublishedRows.write(rows.sorted(i), columns, out, report);
                }
              }
            });
      }
    }
    return report;
  }

  /** Joins a spine; a row sees the events at its instant too. */
  public ReplayReport join(List<EventSource> events, Path spineFile, Path output)
      throws IOException {
    return join(events, spineFile, output, false);
  }

  /**
   * Writes the rows of a spine, each with the features of its entities at its instant, from the
   * events up to that instant only (a point-in-time join).
   *
   * @param before whether to leave out the events at the instant itself too
   * @throws IOException if a file cannot be read or written, or the spine lacks a column; the
   *     message is one line
   */
  public ReplayReport join(List<EventSource> events, Path spineFile, Path output, boolean before)
      throws IOException {
    ReplayReport report = new ReplayReport();
    progress.at("reading spine", 0, 1);
    Spine spine = new Spine(spineFile, TableFormat.require(spineFile.toString()), groups, scope);
    List<FeatureGroup> chosen =
        Spine.choose(spineFile.toString(), spine.columns(), scope.groups(groups, true));
    scope.requireEntities(spineFile.toString(), groups, chosen);
    FeatureColumns columns = new FeatureColumns(chosen, scope.columns(), true);
    TableFormat.require(output.toString()).requireKept(spine.columns());
    try (Workers workers = new Workers(threads);
        PartitionedSort steps = steps()) {
      AtomicLong asked = new AtomicLong();
      workers.start(() -> asked.set(ask(spine, columns, before, steps)));
      try {
        readEvents(events, columns, report, workers, steps);
      } catch (IOException e) {
        workers.await(); // a bad row of the spine is told first
        throw e;
      }
      long rows = asked.get();
      Answers.Ranges ranges = new Answers.Ranges(rows);
      try (PartitionedSort answers = rows(ranges.count(), Order.NONE)) {
        new PartitionWalk(columns, timeToLive, false, report, progress)
            .walk(steps, workers, answers, ranges::range);
        OutputFile.write(
            output,
            file -> {
              try (RowReader in = spine.open();
                  RowWriter out =
                      TableFormat.require(output.toString())
                          .write(file, spine.columns(), columns.columns())) {
                write(in, new Answers(columns, ranges, answers), out, report, rows);
              }
            });
      }
    }
    return report;
  }

  private long ask(Spine spine, FeatureColumns columns, boolean before, PartitionedSort steps)
      throws IOException {
    try (PartitionedSort.Writer writer = steps.new Writer()) {
      return spine.ask(columns, before, into(writer, steps));
    }
  }

  private PartitionedSort steps() {
    return new PartitionedSort(folder(), STEP_PARTITIONS, memoryBytes * 2 / 3, Order.SORTED_BY_KEY);
  }

  private PartitionedSort rows(int partitions, Order order) {
    return new PartitionedSort(folder(), partitions, Math.max(1, memoryBytes / 3), order);
  }

  private static Path folder() {
    return Path.of(System.getProperty("java.io.tmpdir"));
  }

  private BytesSink into(PartitionedSort.Writer writer, PartitionedSort steps) {
    return step -> {
      if (scope.hasStep(step)) {
        writer.add(Step.partition(step, steps.partitions()), step);
      }
    };
  }

  private void readEvents(
      List<EventSource> files,
      FeatureColumns columns,
      ReplayReport report,
      Workers workers,
      PartitionedSort steps)
      throws IOException {
    List<EventType> types =
        groups.stream().flatMap(group -> group.eventTypes().stream()).distinct().toList();
    List<PartitionedSort.Writer> writers = new ArrayList<>();
    List<Judge> judges = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      writers.add(steps.new Writer());
      judges.add(
          Judge.of(tally -> new EventJudge(columns, types, tally), into(writers.get(i), steps)));
    }
    new EventReading(files, workers, progress).read(judges, report.events());
    for (PartitionedSort.Writer each : writers) {
      each.close();
    }
  }

  private void write(RowReader spine, Answers answers, RowWriter out, ReplayReport report, long all)
      throws IOException {
    for (Cell[] kept = spine.next(); kept != null; kept = spine.next()) {
      out.write(kept, answers.next());
      report.row();
      if (report.rows() % ROWS_PER_REPORT == 0) {
        progress.at("writing", report.rows(), all);
      }
    }
  }
}
