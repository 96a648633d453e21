package dev.freshet.benchmarks.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process of the command {@code replay}, and what it takes. */
record ReplayProcess(double seconds, double cpuSeconds, long peakBytes, long events, long rows) {

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+([0-9]+) kB");
  private static final Pattern EVENTS = Pattern.compile("events: ([0-9,]+)");
  private static final Pattern ROWS = Pattern.compile(": ([0-9,]+) rows in");

  /**
   * Runs a command to its end.
   *
   * @throws IOException if it fails; the message is the last line that it wrote
   */
  static ReplayProcess run(List<String> command, Path log) throws IOException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    long peak = 0;
    Duration cpu = Duration.ZERO;
    while (process.isAlive()) {
      peak = Math.max(peak, peakBytes(process.pid()));
      cpu = process.info().totalCpuDuration().orElse(cpu);
      sleep();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    String said = Files.readString(log);
    if (process.exitValue() != 0) {
      List<String> lines = said.lines().toList();
      throw new IOException(
          String.join(" ", command) + ": " + (lines.isEmpty() ? "" : lines.get(lines.size() - 1)));
    }
    return new ReplayProcess(
        seconds, cpu.toMillis() / 1e3, peak, number(EVENTS, said), number(ROWS, said));
  }

  private static void sleep() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Returns the most memory that a process has held, where the system tells it, or else 0. */
  private static long peakBytes(long process) {
    try {
      Matcher peak = PEAK.matcher(Files.readString(Path.of("/proc/" + process + "/status")));
      return peak.find() ? Long.parseLong(peak.group(1)) * 1024 : 0;
    } catch (IOException e) {
      return 0; // it has ended, or the system has no such file
    }
  }

  private static long number(Pattern pattern, String text) {
    Matcher found = pattern.matcher(text);
    return found.find() ? Long.parseLong(found.group(1).replace(",", "")) : 0;
  }

  static List<String> onOneCore(List<String> command) {
    List<String> pinned = new ArrayList<>(List.of("taskset", "-c", "0"));
    pinned.addAll(command);
    return pinned;
  }
}
