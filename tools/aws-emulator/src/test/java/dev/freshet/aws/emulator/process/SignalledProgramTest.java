package dev.freshet.aws.emulator.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program with a child process gets a signal: alone, or with its whole process group. */
@Timeout(120)
@Tag("verify")
class SignalledProgramTest {

  /**
   * Runs its arguments in a process group that their process id names. They do not ignore the
   * signals that a build in the background ignores, which a shell cannot change.
   */
  private static final String IN_OWN_GROUP =
      "set -m; perl -e '$SIG{$_} = \"DEFAULT\" for qw(HUP INT QUIT); exec @ARGV' \"$@\" & wait";

  @TempDir private Path folder;
  private Process launcher;
  private BufferedReader output;
  private long program;
  private long child;

  @AfterEach
  void endWhatATestHasLeft() {
    launcher.destroyForcibly();
    for (long pid : new long[] {program, child}) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "TERM, false", "INT, false", "HUP, false", "KILL, false",
    "TERM, true", "INT, true", "HUP, true", "KILL, true"
  })
  void aSignalThatEndsTheProgramLeavesNothing(String signal, boolean toGroup) throws Exception {
    startProgram();

    send(signal, toGroup ? -program : program);

    Await.until("end of the program", () -> Await.isGone(program));
    Await.until("end of the child", () -> Await.isGone(child));
    Await.until("end of its shells", () -> Await.processesNaming(folder).isEmpty());
  }

  /** A virtual machine answers SIGQUIT with a list of its threads, and goes on. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aThreadDumpEndsNothing(boolean toGroup) throws Exception {
    startProgram();

    send("QUIT", toGroup ? -program : program);
    awaitLine("Full thread dump");

    assertThat(Await.isGone(program)).isFalse();
    assertThat(Await.isGone(child)).isFalse();
    send("KILL", -program);
    Await.until("end of the child", () -> Await.isGone(child));
    Await.until("end of its shells", () -> Await.processesNaming(folder).isEmpty());
  }

  /** As on macOS, which has no {@code setsid} and a bash as {@code sh}. */
  @Test
  void whereSetsidIsMissingTheWatcherOutlivesTheGroup() throws Exception {
    Path programs = Files.createDirectory(folder.resolve("programs"));
    Path sleep = Programs.onThePath().find("sleep").orElseThrow();
    Files.createSymbolicLink(programs.resolve("sleep"), sleep);
    Path bash = Programs.onThePath().find("bash").orElseThrow();
    start(
        "env", "PATH=" + programs, bash, "--posix", script(), folder.resolve("log"), "sleep", 300);
    child = Long.parseLong(output.readLine());
    program = ProcessHandle.of(child).orElseThrow().parent().orElseThrow().pid();
    assertThat(processGroup(child)).isEqualTo(child);

    send("KILL", -program);
    Await.until("end of the shell", () -> Await.isGone(program));
    launcher.getOutputStream().close(); // as when the program ends

    Await.until("end of the child", () -> Await.isGone(child));
    Await.until("end of its watcher", () -> Await.processesNaming(folder).isEmpty());
  }

  private void startProgram() throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    String classPath =
        place(ChildProcess.class)
            + System.getProperty("path.separator")
            + place(TetheredSleep.class);
    start(java, "-cp", classPath, TetheredSleep.class.getName(), folder);
    program = Long.parseLong(output.readLine());
    child = Long.parseLong(output.readLine());
    assertThat(Await.isGone(child)).isFalse();
  }

  private void start(Object... command) throws IOException {
    List<String> line = new ArrayList<>(List.of("bash", "-c", IN_OWN_GROUP, "bash"));
    for (Object word : command) {
      line.add(word.toString());
    }
    launcher = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    output = launcher.inputReader(UTF_8);
  }

  private void awaitLine(String start) throws IOException {
    for (String line = output.readLine(); !line.startsWith(start); line = output.readLine()) {
      assertThat(line).isNotNull();
    }
  }

  private static void send(String signal, long target) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + signal, "--", Long.toString(target)).start();
    assertThat(kill.waitFor()).as("kill -%s -- %d", signal, target).isZero();
  }

  private static long processGroup(long pid) throws IOException {
    Process ps = new ProcessBuilder("ps", "-o", "pgid=", "-p", Long.toString(pid)).start();
    return Long.parseLong(new String(ps.getInputStream().readAllBytes(), UTF_8).strip());
  }

  private static String script() {
    return place(ChildProcess.class) + "/dev/freshet/aws/emulator/process/tethered.sh";
  }

  private static String place(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
