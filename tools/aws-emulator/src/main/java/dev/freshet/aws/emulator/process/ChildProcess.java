package dev.freshet.aws.emulator.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A command that ends with this virtual machine, even if SIGKILL ends the whole process group.
 *
 * <p>A shell starts the command and ends it when the shell's standard input is closed. That input
 * is a pipe from this process, and the operating system closes it when this process ends. Shell and
 * command are outside of this process group, so a signal to the group does not reach them. The
 * command gets no input, and its output goes to a log file.
 */
public final class ChildProcess implements AutoCloseable {

  /** Runs its arguments in a session of their own, if this machine has {@code setsid}. */
  private static final String IN_OWN_SESSION =
      "command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"";

  private static final Duration GENTLE_STOP = Duration.ofSeconds(5);
  private static final Duration FORCED_STOP = Duration.ofSeconds(5);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);

  private static final int LOG_END_LINES = 5;

  private final String name;
  private final Path log;
  private final Process shell;
  private final ProcessHandle command;

  private ChildProcess(String name, Path log, Process shell, ProcessHandle command) {
    this.name = name;
    this.log = log;
    this.shell = shell;
    this.command = command;
  }

  /**
   * Starts a command.
   *
   * @param name its name in messages
   * @param command the program and its arguments
   * @param folder the working folder, created if missing
   * @param log the file that gets all output, emptied first
   * @throws IllegalStateException if it could not be started
   */
  public static ChildProcess start(String name, List<String> command, Path folder, Path log) {
    try {
      Files.createDirectories(folder);
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.writeString(log, "");
      Process shell = tethered(command, log).directory(folder.toFile()).start();
      return new ChildProcess(name, log, shell, commandOf(shell, log));
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s could not be started: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Returns the process id of the command. */
  public long pid() {
    return command.pid();
  }

  /** Returns whether the command still runs. */
  public boolean isAlive() {
    return shell.isAlive();
  }

  /** Returns a future that gives the exit status when the command has ended. */
  public CompletableFuture<Integer> onExit() {
    return shell.onExit().thenApply(Process::exitValue);
  }

  /** Returns the last lines that the command wrote, on one line. */
  public String endOfLog() {
    return endOf(log);
  }

  /**
   * Waits until the command is ready; stops it if it does not get ready.
   *
   * @throws IllegalStateException if the command ends before, or is not ready within the limit
   */
  public void awaitReady(BooleanSupplier ready, Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      while (!ready.getAsBoolean() || !isAlive()) {
        requireAlive();
        if (System.nanoTime() > deadline) {
          throw failed("was not ready within " + limit.toMillis() + " ms");
        }
        pause();
      }
    } catch (RuntimeException e) {
      stop();
      throw e;
    }
  }

  /** Terminates the command, and kills it after 5 seconds; returns when it has ended. */
  public void stop() {
    stop(GENTLE_STOP);
  }

  void stop(Duration gentle) {
    command.destroy();
    if (!endsWithin(gentle) || command.isAlive()) {
      command.destroyForcibly();
      endsWithin(FORCED_STOP);
    }
  }

  @Override
  public void close() {
    stop();
  }

  private static ProcessBuilder tethered(List<String> command, Path log) throws IOException {
    List<String> line = new ArrayList<>(List.of("/bin/sh", "-c", IN_OWN_SESSION, "sh"));
    line.addAll(List.of("/bin/sh", "-c", script(), "tethered", log.toAbsolutePath().toString()));
    line.addAll(command);
    return new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
  }

  private static String script() throws IOException {
    try (InputStream script = ChildProcess.class.getResourceAsStream("tethered.sh")) {
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ProcessHandle commandOf(Process shell, Path log) throws IOException {
    try (BufferedReader output = shell.inputReader(StandardCharsets.UTF_8)) {
      String pid = output.readLine();
      if (pid == null) {
        throw new IOException(endOf(log));
      }
      return ProcessHandle.of(Long.parseLong(pid)).orElseGet(shell::toHandle);
    }
  }

  private boolean endsWithin(Duration limit) {
    try {
      return shell.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void requireAlive() {
    if (!isAlive()) {
      throw failed("ended with status " + shell.exitValue() + " while starting");
    }
  }

  private IllegalStateException failed(String how) {
    return new IllegalStateException(
        "%s %s: %s (all of it is in %s)".formatted(name, how, endOfLog(), log));
  }

  private static String endOf(Path log) {
    try {
      List<String> lines =
          new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LOG_END_LINES), lines.size());
      return last.isEmpty() ? "it wrote nothing" : String.join(" | ", last);
    } catch (IOException e) {
      return "its log cannot be read: " + e.getMessage();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PROBE_INTERVAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while starting", e);
    }
  }
}
