package dev.freshet.aws.emulator.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The end of a log file, for a message of one line. */
final class LogEnd {

  private static final int BYTES = 2_000;
  private static final int LINES = 5;

  private LogEnd() {}

  static String of(Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      long length = file.length();
      byte[] end = new byte[(int) Math.min(BYTES, length)];
      file.seek(length - end.length);
      file.readFully(end);
      return lastLines(new String(end, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  private static String lastLines(String text) {
    List<String> lines = text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    if (lines.isEmpty()) {
      return "it wrote nothing";
    }
    return String.join(" | ", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
  }
}
