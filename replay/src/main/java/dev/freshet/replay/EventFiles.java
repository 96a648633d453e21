package dev.freshet.replay;

import dev.freshet.replay.sort.ExternalSort;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Lines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Files of events, JSON lines in any order: what they say becomes steps. */
final class EventFiles {

  private static final int LINES_PER_REPORT = 4_096;

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
      try (Lines lines = new Lines(file, EventJudge.MOST_BYTES)) {
        read(lines, file, steps, judge, before, all);
        before += lines.bytesRead();
      }
    }
    progress.at("reading events", all, all);
  }

  private void read(
      Lines lines, Path file, ExternalSort steps, EventJudge judge, long before, long all)
      throws IOException {
    KeyWriter out = new KeyWriter();
    for (byte[] line = lines.next(); line != null; line = lines.next()) {
      judge.judge(line, file.toString(), lines.number(), step -> add(steps, Step.write(out, step)));
      if (lines.number() % LINES_PER_REPORT == 0) {
        progress.at("reading events", before + lines.bytesRead(), all);
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
