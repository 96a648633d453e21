package dev.freshet.replay;

import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.replay.EventReading.Judge;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.sort.ExternalSort;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Computes the histories of all entities of a group up to the seam, from files of events on one
 * machine. As in a replay, the files need not be sorted, and memory is bounded.
 */
public final class Pasts implements Closeable {

  private static final int STEPS_PER_REPORT = 8_192;

  private final FeatureColumns columns;
  private final List<EventType> types;
  private final ExternalSort steps;
  private final ReplayProgress progress;
  private final ReplayReport report = new ReplayReport();

  /**
   * @param types all types of the catalogue
   * @param memoryBytes for sorting, such as {@link Replay#MEMORY_BYTES}
   */
  public Pasts(
      FeatureGroup group, List<EventType> types, long memoryBytes, ReplayProgress progress) {
    this.columns = new FeatureColumns(List.of(group));
    this.types = List.copyOf(types);
    this.steps = new ExternalSort(Path.of(System.getProperty("java.io.tmpdir")), memoryBytes);
    this.progress = progress;
  }

  /**
   * Reads all files.
   *
   * @param clockMillis an event that is too far ahead of this clock is invalid
   * @param sample draws from the events
   * @throws IOException if a file cannot be read, or no event can be used; the message is one line
   */
  public void read(List<EventSource> files, LongSupplier clockMillis, EntitySample<Event> sample)
      throws IOException {
    BytesSink sink =
        step -> {
          steps.add(step);
          sample.see(Step.entity(step), () -> event(step));
        };
    try (Workers one = new Workers(1)) {
      Judge judge = Judge.of(tally -> new EventJudge(columns, types, tally, clockMillis), sink);
      new EventReading(files, one, progress).read(List.of(judge), report.events());
    }
  }

  private Event event(byte[] step) {
    return ((Step.Happened) Step.read(step, columns)).event();
  }

  /** Passes on the histories, sorted by entity; call it once. */
  public void forEach(long seamMillis, PastWalk.Receiver receiver) throws IOException {
    PastWalk walk = new PastWalk(columns, seamMillis, report);
    try {
      Iterator<byte[]> sorted = steps.sorted();
      for (long done = 0; sorted.hasNext(); done++) {
        if (done % STEPS_PER_REPORT == 0) {
          progress.at("installing", done, steps.size());
        }
        walk.take(sorted.next(), receiver);
      }
      var unused = walk.end(receiver);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    progress.at("installing", steps.size(), steps.size());
  }

  /** Returns the counts so far. */
  public ReplayReport report() {
    return report;
  }

  @Override
  public void close() throws IOException {
    steps.close();
  }
}
