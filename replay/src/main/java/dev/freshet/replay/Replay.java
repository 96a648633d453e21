package dev.freshet.replay;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.events.EventFileReader;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.file.OutputFile;
import dev.freshet.replay.sort.ExternalSort;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * Replays files of events on one machine.
 *
 * <p>The files need not be sorted and may hold events more than once. Memory is bounded by a
 * setting and the state of one entity, not by the files; the rest is in temporary files. The output
 * appears when it is complete.
 */
public final class Replay {

  /** The default of the setting {@code ENTITY_TTL}. */
  public static final Duration TIME_TO_LIVE = Duration.ofDays(90);

  /** The usual memory for sorting. */
  public static final long MEMORY_BYTES = 128L << 20;

  private static final int EVENTS_PER_REPORT = 4_096;
  private static final int STEPS_PER_REPORT = 8_192;
  private static final int ROWS_PER_REPORT = 1_024;

  private final List<FeatureGroup> groups;
  private final Duration timeToLive;
  private final long memoryBytes;
  private final ReplayProgress progress;

  /**
   * @param timeToLive see {@link EntityReplay}
   * @param memoryBytes for sorting, such as {@link #MEMORY_BYTES}
   */
  public Replay(
      List<FeatureGroup> groups, Duration timeToLive, long memoryBytes, ReplayProgress progress) {
    this.groups = List.copyOf(groups);
    this.timeToLive = timeToLive;
    this.memoryBytes = memoryBytes;
    this.progress = progress;
  }

  /**
   * Writes a row for every result that the online path would have published at an event, in the
   * order of time.
   *
   * @throws IOException if a file cannot be read or written, or no event can be used; the message
   *     is one line
   */
  public ReplayReport results(List<EventSource> events, Path output) throws IOException {
    FeatureColumns columns = new FeatureColumns(groups);
    ReplayReport report = new ReplayReport();
    try (ExternalSort steps = sort();
        ExternalSort rows = sort()) {
      readEvents(events, columns, report, steps);
      walk(steps, new EntityWalk(columns, timeToLive, true, report), rows);
      OutputFile.write(
          output,
          file -> {
            try (RowWriter out =
                TableFormat.require(output.toString())
                    .write(file, PublishedRows.COLUMNS, columns.columns())) {
              PublishedRows.write(rows.sorted(), columns, out, report);
            }
          });
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
    Spine spine = new Spine(spineFile, TableFormat.require(spineFile.toString()), groups);
    FeatureColumns columns =
        FeatureColumns.ofSpine(Spine.choose(spineFile.toString(), spine.columns(), groups));
    TableFormat.require(output.toString()).requireKept(spine.columns());
    try (ExternalSort steps = sort();
        ExternalSort answers = sort()) {
      long rows = spine.ask(columns, before, steps::add);
      readEvents(events, columns, report, steps);
      walk(steps, new EntityWalk(columns, timeToLive, false, report), answers);
      Answers sorted = new Answers(columns, answers.sorted());
      OutputFile.write(
          output,
          file -> {
            try (RowReader in = spine.open();
                RowWriter out =
                    TableFormat.require(output.toString())
                        .write(file, spine.columns(), columns.columns())) {
              write(in, sorted, out, report, rows);
            }
          });
    }
    return report;
  }

  private static List<EventType> types(List<FeatureGroup> groups) {
    return groups.stream().flatMap(group -> group.eventTypes().stream()).distinct().toList();
  }

  /** Creates a sort; two are in use at a time. */
  private ExternalSort sort() {
    return new ExternalSort(Path.of(System.getProperty("java.io.tmpdir")), memoryBytes / 2);
  }

  private void readEvents(
      List<EventSource> files, FeatureColumns columns, ReplayReport report, ExternalSort steps)
      throws IOException {
    EventJudge judge = new EventJudge(columns, types(groups), report.events());
    readEvents(files, judge, report, progress, steps::add);
  }

  /** Judges all events of files, and passes on their steps. */
  static void readEvents(
      List<EventSource> files,
      EventJudge judge,
      ReplayReport report,
      ReplayProgress progress,
      BytesSink steps)
      throws IOException {
    long all = 0;
    for (EventSource file : files) {
      all += Files.exists(file.path()) ? Files.size(file.path()) : 0;
    }
    long before = 0;
    for (EventSource file : files) {
      try (EventFileReader events = file.open()) {
        for (RawEvent event = events.next(); event != null; event = events.next()) {
          judge.judge(event, file, steps);
          if (report.events().read() % EVENTS_PER_REPORT == 0) {
            progress.at("reading events", before + events.bytesRead(), all);
          }
        }
        before += events.bytesRead();
      }
    }
    progress.at("reading events", all, all);
    report.events().requireAny();
  }

  private void walk(ExternalSort steps, EntityWalk walk, ExternalSort rows) throws IOException {
    try {
      Iterator<byte[]> sorted = steps.sorted();
      for (long done = 0; sorted.hasNext(); done++) {
        if (done % STEPS_PER_REPORT == 0) {
          progress.at("replaying", done, steps.size());
        }
        walk.take(sorted.next(), rows::add);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    steps.close();
    progress.at("replaying", steps.size(), steps.size());
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
