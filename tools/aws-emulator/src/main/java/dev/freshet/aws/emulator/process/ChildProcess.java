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
 * A command that never outlives this virtual machine, not even when its whole process group is
 * killed with SIGKILL.
 *
 * <p>A shell stands between the two: it starts the command and ends it when its own standard input,
 * a pipe from here, is closed, which the operating system does for every dead process. Shell and
 * command are outside of this process group, so no signal to the group reaches them. The command
 * reads nothing and writes to a log file.
 */
public final class ChildProcess implements AutoCloseable {

  /** Runs its arguments in a session of their own, if this machine has the program for it. */
  private static final String IN_OWN_SESSION =
      "command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"";

  private static final Duration GENTLE_STOP = Duration.ofSeconds(5);
  private static final Duration FORCED_STOP = Duration.ofSeconds(5);
  private static final Duration PROBE_INTERVAL = Duration.ofMillis(20);

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
   * @param name what messages call it
   * @param command the program and its arguments
   * @param folder the working folder, created if missing
   * @param log the file that gets all output, emptied first
   * @throws StartupException if it could not be started
   */
  public static ChildProcess start(String name, List<String> command, Path folder, Path log) {
    try {
      Files.createDirectories(folder);
      Files.createDirectories(log.toAbsolutePath().getParent());
      Files.writeString(log, "");
      Process shell = tethered(command, log).directory(folder.toFile()).start();
      return new ChildProcess(name, log, shell, commandOf(shell, log));
    } catch (IOException e) {
      throw new StartupException("%s could not be started: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** The process id of the command. */
  public long pid() {
    return command.pid();
  }

  /** Whether the command still runs. */
  public boolean isAlive() {
    return shell.isAlive();
  }

  /** Completes with the exit status when the command has ended, whoever ended it. */
  public CompletableFuture<Integer> onExit() {
    return shell.onExit().thenApply(Process::exitValue);
  }

  /** The last lines that the command wrote, on one line. */
  public String endOfLog() {
    return LogEnd.of(log);
  }

  /**
   * Waits until the command does what it was started for; stops it if that does not happen.
   *
   * @throws StartupException if the command ends before, or is not ready within the limit
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

  /** Ends the command, gently first and by force after 5 seconds; returns when it is gone. */
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
        throw new IOException(LogEnd.of(log));
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

  private StartupException failed(String how) {
    return new StartupException(
        "%s %s: %s (all of it is in %s)".formatted(name, how, endOfLog(), log));
  }

  private static void pause() {
    try {
      Thread.sleep(PROBE_INTERVAL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("interrupted while starting", e);
    }
  }
}
