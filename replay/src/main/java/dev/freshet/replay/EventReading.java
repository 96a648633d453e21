package dev.freshet.replay;

import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.EventTally;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.events.RawEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/** Reads files of events: the calling thread splits them, and workers judge the events. */
final class EventReading {

  /** How many bytes of events a worker takes at once. */
  private static final int TOGETHER_BYTES = 1 << 18;

  private final List<EventSource> files;
  private final Workers workers;
  private final ReplayProgress progress;
  private final Queue<Judge> idle = new ConcurrentLinkedQueue<>();

  private long read;
  private long sections;

  /** Judges events, counts them, and passes on their steps; for one worker at a time. */
  record Judge(EventJudge judge, EventTally tally, BytesSink steps) {

    /** Creates a judge, given what creates one that counts in a tally. */
    static Judge of(Function<EventTally, EventJudge> creator, BytesSink steps) {
      EventTally tally = new EventTally();
      return new Judge(creator.apply(tally), tally, steps);
    }
  }

  EventReading(List<EventSource> files, Workers workers, ReplayProgress progress) {
    this.files = files;
    this.workers = workers;
    this.progress = progress;
  }

  /**
   * Reads all files.
   *
   * @param judges as many as there are workers
   * @param tally takes the counts; of a reason, the first place is that of the first file
   * @throws IOException if a file cannot be read, or no event can be used; the message is one line
   */
  void read(List<Judge> judges, EventTally tally) throws IOException {
    idle.addAll(judges);
    long all = 0;
    for (EventSource file : files) {
      all += Files.exists(file.path()) ? Files.size(file.path()) : 0;
    }
    for (EventSource file : files) {
      read(file, all);
    }
    workers.await();
    progress.at("reading events", all, all);
    judges.forEach(each -> tally.add(each.tally));
    tally.requireAny();
  }

  private void read(EventSource file, long all) throws IOException {
    try (RawEvents events = file.open()) {
      List<RawEvent> together = new ArrayList<>();
      long bytes = 0;
      for (RawEvent event = events.next(); event != null; event = events.next()) {
        together.add(event);
        bytes += event.bytes().length;
        if (bytes >= TOGETHER_BYTES) {
          judge(file, together);
          together = new ArrayList<>(together.size());
          bytes = 0;
          progress.at("reading events", read + events.bytesRead(), all);
        }
      }
      judge(file, together);
      read += events.bytesRead();
    }
  }

  private void judge(EventSource file, List<RawEvent> events) {
    long section = sections++;
    workers.start(
        () -> {
          Judge judge = idle.remove();
          judge.tally.begin(section);
          for (RawEvent event : events) {
            judge.judge.judge(event, file, judge.steps);
          }
          idle.add(judge);
        });
  }
}
