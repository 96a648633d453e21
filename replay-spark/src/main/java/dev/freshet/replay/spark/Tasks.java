package dev.freshet.replay.spark;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.EventType;
import dev.freshet.replay.EntityWalk;
import dev.freshet.replay.EventJudge;
import dev.freshet.replay.PastTable;
import dev.freshet.replay.PastWalk;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.events.EventFileReader;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.events.RawEvents;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.apache.spark.TaskContext;
import org.apache.spark.input.PortableDataStream;
import org.apache.spark.util.TaskCompletionListener;

/** The work of the job's tasks. */
final class Tasks {

  private Tasks() {}

  /** Reads a file of events and returns their steps. */
  static Iterator<byte[]> steps(
      String stream,
      String path,
      PortableDataStream content,
      Declarations declared,
      Reports reports)
      throws IOException {
    List<EventType> types = Catalogue.load().eventTypes();
    EventSource file = new EventSource(stream, path, types);
    RawEvents events =
        file.table().isPresent()
            ? copied(content, file.table().get(), file::openTable)
            : new EventFileReader(path, content.open());
    closeWithTask(events);
    ReplayReport report = new ReplayReport();
    EventJudge judge = new EventJudge(declared.columns(), types, report.events());
    return new PulledBytes(
        steps -> {
          RawEvent event = events.next();
          if (event == null) {
            reports.add(new Reports.Part("events of " + stream + " " + path, report));
            return false;
          }
          judge.judge(event, file, steps);
          return true;
        });
  }

  /**
   * Replays the sorted steps of a partition and returns its rows.
   *
   * @param writesPublished whether the rows are the results of events, or else the answers
   */
  static Iterator<byte[]> rows(
      Iterator<byte[]> steps,
      Declarations declared,
      Duration timeToLive,
      boolean writesPublished,
      Reports reports) {
    ReplayReport report = new ReplayReport();
    EntityWalk walk = new EntityWalk(declared.columns(), timeToLive, writesPublished, report);
    return new PulledBytes(
        rows -> {
          if (steps.hasNext()) {
            walk.take(steps.next(), rows);
            return true;
          }
          if (walk.end(rows)) {
            return true;
          }
          reports.add(new Reports.Part("entities of " + TaskContext.getPartitionId(), report));
          return false;
        });
  }

  /**
   * Folds the sorted steps of a partition, of one group; returns the rows of a {@code PastTable}.
   */
  static Iterator<byte[]> pasts(
      Iterator<byte[]> steps, Declarations declared, long seamMillis, Reports reports) {
    ReplayReport report = new ReplayReport();
    PastWalk walk = new PastWalk(declared.columns(), seamMillis, report);
    KeyWriter row = new KeyWriter();
    return new PulledBytes(
        rows -> {
          PastWalk.Receiver receiver = (entity, past) -> rows.add(PastTable.row(row, entity, past));
          if (steps.hasNext()) {
            walk.take(steps.next(), receiver);
            return true;
          }
          if (walk.end(receiver)) {
            return true;
          }
          reports.add(new Reports.Part("entities of " + TaskContext.getPartitionId(), report));
          return false;
        });
  }

  /**
   * Opens a file of a spine. Reads a copy on the executor's disk, as Parquet is read from its end.
   *
   * @param ids the columns that hold ids
   */
  static RowReader open(String file, PortableDataStream content, Set<String> ids)
      throws IOException {
    TableFormat format = TableFormat.require(file);
    RowReader rows = copied(content, format, copy -> format.read(copy, file, ids));
    closeWithTask(rows);
    return rows;
  }

  /** Opens a file of the executor's disk. */
  @FunctionalInterface
  private interface Opener<T> {
    T open(Path copy) throws IOException;
  }

  private static <T> T copied(PortableDataStream content, TableFormat format, Opener<T> opener)
      throws IOException {
    Path copy = Files.createTempFile("freshet-input-", format.extension());
    try {
      try (InputStream in = content.open()) {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      }
      return opener.open(copy);
    } finally {
      // Unix keeps the content of a deleted file until its readers are closed.
      if (!copy.toFile().delete()) {
        copy.toFile().deleteOnExit();
      }
    }
  }

  private static void closeWithTask(Closeable input) {
    TaskCompletionListener close =
        task -> {
          try {
            input.close();
          } catch (IOException e) {
            // The input was read; nothing is lost.
          }
        };
    TaskContext.get().addTaskCompletionListener(close);
  }
}
