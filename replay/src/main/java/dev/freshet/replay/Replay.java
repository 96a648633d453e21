package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.file.OutputFile;
import dev.freshet.replay.sort.ExternalSort;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;

/**
 * Replays files of events on one machine.
 *
 * <p>The files need not be sorted and may hold events more than once. Memory is bounded by a
 * setting and the state of one entity, not by the files; temporary files take what does not fit.
 * The output appears when it is complete.
 */
public final class Replay {

  /** How long things outlive their last write unless a setting says otherwise. */
  public static final Duration TIME_TO_LIVE = Duration.ofDays(90);

  /** Memory for sorting. */
  public static final long MEMORY_BYTES = 128L << 20;

  private static final int STEPS_PER_REPORT = 8_192;

  private final List<FeatureGroup> groups;
  private final Duration timeToLive;
  private final long memoryBytes;
  private final Progress progress;

  /**
   * @param timeToLive see {@link EntityReplay}
   * @param memoryBytes for sorting, such as {@link #MEMORY_BYTES}
   */
  public Replay(
      List<FeatureGroup> groups, Duration timeToLive, long memoryBytes, Progress progress) {
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
  public ReplayReport results(List<Path> events, Path output) throws IOException {
    FeatureColumns columns = new FeatureColumns(groups);
    ReplayReport report = new ReplayReport();
    try (Workspace workspace = new Workspace(memoryBytes)) {
      ExternalSort steps = workspace.sort();
      readEvents(events, columns, report, steps);
      ExternalSort results = workspace.sort();
      walk(
          columns,
          steps,
          report.events().readings(),
          true,
          new PublishedRows(columns, results::add, report));
      OutputFile.write(
          output,
          file -> {
            try (RowWriter out =
                format(output).write(file, PublishedRows.COLUMNS, columns.names())) {
              PublishedRows.write(results.sorted(), columns, out, report);
            }
          });
    }
    return report;
  }

  /** Writes the rows of a spine with the events at their instants: see the other method. */
  public ReplayReport join(List<Path> events, Path spineFile, Path output) throws IOException {
    return join(events, spineFile, output, false);
  }

  /**
   * Writes the rows of a spine, each with the features of its entities at its instant, from the
   * events up to that instant alone.
   *
   * @param before whether the events at the instant itself are left out too
   * @throws IOException if a file cannot be read or written, or the spine is none; the message is
   *     one line
   */
  public ReplayReport join(List<Path> events, Path spineFile, Path output, boolean before)
      throws IOException {
    ReplayReport report = new ReplayReport();
    progress.at("reading spine", 0, 1);
    Spine spine = Spine.of(spineFile, format(spineFile), groups);
    FeatureColumns columns = new FeatureColumns(spine.choose(groups));
    format(output).requireKept(spine.columns());
    try (Workspace workspace = new Workspace(memoryBytes)) {
      ExternalSort steps = workspace.sort();
      KeyWriter out = new KeyWriter();
      long[] asked = {0};
      long rows =
          spine.ask(
              columns,
              before,
              step -> {
                steps.add(Step.write(out, step));
                asked[0]++;
              });
      readEvents(events, columns, report, steps);
      ExternalSort answers = workspace.sort();
      walk(
          columns,
          steps,
          report.events().readings() + asked[0],
          false,
          new Answers(columns, answers::add, report));
      AnsweredRows answered = new AnsweredRows(columns, answers.sorted(), report);
      OutputFile.write(output, file -> writeAnswers(file, output, spine, columns, answered, rows));
    }
    return report;
  }

  private void readEvents(
      List<Path> events, FeatureColumns columns, ReplayReport report, ExternalSort steps)
      throws IOException {
    try {
      new EventFiles(events, progress).readInto(steps, new EventJudge(columns, report.events()));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    report.events().requireAny();
  }

  private void walk(
      FeatureColumns columns,
      ExternalSort steps,
      long all,
      boolean wantsPublished,
      EntityWalk.Rows rows)
      throws IOException {
    Iterator<byte[]> sorted = steps.sorted();
    Iterator<Step> read =
        new Iterator<>() {
          private long done;

          @Override
          public boolean hasNext() {
            return sorted.hasNext();
          }

          @Override
          public Step next() {
            if (++done % STEPS_PER_REPORT == 0) {
              progress.at("replaying", done, all);
            }
            return Step.read(sorted.next());
          }
        };
    try {
      new EntityWalk(columns, timeToLive, wantsPublished).walk(read, rows);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    steps.close();
    progress.at("replaying", all, all);
  }

  private void writeAnswers(
      Path file, Path output, Spine spine, FeatureColumns columns, AnsweredRows answers, long all)
      throws IOException {
    try (RowReader rows = spine.open();
        RowWriter out = format(output).write(file, spine.columns(), columns.names())) {
      for (Cell[] kept = rows.next(); kept != null; kept = rows.next()) {
        out.write(kept, answers.next());
        answers.report(progress, all);
      }
    }
  }

  private static TableFormat format(Path file) {
    return TableFormat.of(file)
        .orElseThrow(() -> new IllegalArgumentException("not the name of a table: " + file));
  }
}
