package dev.freshet.replay;

import dev.freshet.replay.events.EventFileReader;
import dev.freshet.replay.events.RawEvent;
import dev.freshet.replay.sort.ExternalSort;
import dev.freshet.replay.sort.KeyWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of events in any order: what they say becomes steps. */
final class EventFiles {

  private static final int EVENTS_PER_REPORT = 4_096;

  private final List<Path> files;
  private final Progress progress;

  EventFiles(List<Path> files, Progress progress) {
    this.files = files;
    this.progress = progress;
  }

  /** Reads all files into a sort of steps. */
  void readInto(ExternalSort steps, EventJudge judge) throws IOException {
    long all = 0;
    for (Path file : files) {
      all += Files.exists(file) ? Files.size(file) : 0;
    }
    long before = 0;
    for (Path file : files) {
      try (EventFileReader events = new EventFileReader(file)) {
        read(events, file, steps, judge, before, all);
        before += events.bytesRead();
      }
    }
    progress.at("reading events", all, all);
  }

  private void read(
      EventFileReader events,
      Path file,
      ExternalSort steps,
      EventJudge judge,
      long before,
      long all)
      throws IOException {
    KeyWriter out = new KeyWriter();
    long done = 0;
    for (RawEvent event = events.next(); event != null; event = events.next()) {
      judge.judge(event, file.toString(), step -> add(steps, Step.write(out, step)));
      if (++done % EVENTS_PER_REPORT == 0) {
        progress.at("reading events", before + events.bytesRead(), all);
      }
    }
  }

  private static void add(ExternalSort steps, byte[] step) {
    try {
      steps.add(step);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
