package dev.freshet.aws.emulator.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@Tag("verify")
class ChildProcessTest {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void stopsAtOnceAndLeavesNoWatcher() {
    ChildProcess child = start("sleep", "300");
    assertThat(child.isAlive()).isTrue();
    assertThat(Await.isGone(child.pid())).isFalse();

    child.close();

    assertThat(child.onExit().join()).as("status of a command that got SIGTERM").isEqualTo(143);
    assertThat(Await.isGone(child.pid())).isTrue();
    assertThat(child.isAlive()).isFalse();
    Await.until("end of its shells", () -> Await.processesNaming(folder).isEmpty());
  }

  @Test
  void stopsByForceWhatDoesNotListen() {
    ChildProcess child = start("sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done");
    child.awaitReady(() -> child.endOfLog().equals("deaf"), LIMIT);

    child.stop(Duration.ofMillis(50));

    assertThat(Await.isGone(child.pid())).isTrue();
    Await.until("end of its shells", () -> Await.processesNaming(folder).isEmpty());
  }

  @Test
  void endsAtOnceWhenTheCommandEndsByItself() {
    ChildProcess child = start("sh", "-c", "exit 0");

    child.onExit().orTimeout(30, TimeUnit.SECONDS).join();

    assertThat(child.isAlive()).isFalse();
    Await.until("end of its shells", () -> Await.processesNaming(folder).isEmpty());
  }

  @Test
  void stopsTheCommandOfAShellThatWasKilled() {
    ChildProcess child = start("sleep", "300");
    ProcessHandle shell = ProcessHandle.of(child.pid()).orElseThrow().parent().orElseThrow();
    shell.destroyForcibly();
    child.onExit().orTimeout(30, TimeUnit.SECONDS).join();

    child.close();

    Await.until("end of the child", () -> Await.isGone(child.pid()));
    Await.until("end of its shells", () -> Await.processesNaming(folder).isEmpty());
  }

  @Test
  void itsShellIgnoresControlC() throws IOException, InterruptedException {
    try (ChildProcess child = start("sleep", "300")) {
      ProcessHandle command = ProcessHandle.of(child.pid()).orElseThrow();
      String shell = Long.toString(command.parent().orElseThrow().pid());
      assertThat(new ProcessBuilder("kill", "-INT", shell).start().waitFor()).isZero();

      command.destroy();

      assertThat(child.onExit().orTimeout(30, TimeUnit.SECONDS).join())
          .as("status of a command that got SIGTERM")
          .isEqualTo(128 + 15);
    }
  }

  @Test
  void endsItsWatcherWithTheCommandWhileTheInputStaysOpen() throws IOException {
    String script = place(ChildProcess.class) + "/dev/freshet/aws/emulator/process/tethered.sh";
    Process outer =
        new ProcessBuilder("sh", "-c", "sh \"$0\" \"$1\" true; cat", script, folder + "/log")
            .start();
    try {
      assertThat(outer.inputReader(UTF_8).readLine()).isNotNull();
      Await.until("only the outer shell", () -> Await.processesNaming(folder).size() == 1);
    } finally {
      outer.destroyForcibly();
    }
  }

  @Test
  void aSignalToTheWholeGroupLeavesNothingBehind() throws IOException, InterruptedException {
    String script = place(ChildProcess.class) + "/dev/freshet/aws/emulator/process/tethered.sh";
    Process shell = new ProcessBuilder("sh", script, folder + "/log", "sleep", "300").start();
    long command = Long.parseLong(shell.inputReader(UTF_8).readLine());
    List<ProcessHandle> group =
        Stream.concat(
                shell.children().filter(child -> child.pid() != command),
                Stream.of(shell.toHandle()))
            .toList();
    assertThat(group).as("the watcher and the shell").hasSize(2);
    for (ProcessHandle each : group) {
      String pid = Long.toString(each.pid());
      assertThat(new ProcessBuilder("kill", "-TERM", pid).start().waitFor()).isZero();
    }

    assertThat(shell.waitFor(200, TimeUnit.MILLISECONDS)).as("ended before its command").isFalse();
    shell.getOutputStream().close(); // as when the program ends

    Await.until("end of the command", () -> Await.isGone(command));
    Await.until("end of its shells", () -> Await.processesNaming(folder).isEmpty());
  }

  @Test
  void readsNothing() {
    try (ChildProcess child = start("sh", "-c", "cat; echo end of input; exec sleep 300")) {
      child.awaitReady(() -> child.endOfLog().equals("end of input"), LIMIT);
    }
  }

  @Test
  void reportsTheEndOfTheLogOfWhatDiesEarly() {
    ChildProcess child =
        start("sh", "-c", "for n in 1 2 3 4 5 6; do echo line $n; done; echo bad >&2; exit 3");

    assertThatThrownBy(() -> child.awaitReady(() -> false, LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "child ended with status 3 while starting: line 3 | line 4 | line 5 | line 6 | bad"
                + " (all of it is in "
                + folder.resolve("log")
                + ")");
  }

  @Test
  void isNotReadyWhenAnotherAnswersInItsPlace() {
    ChildProcess child = start("sh", "-c", "exit 1");
    child.onExit().join();

    assertThatThrownBy(() -> child.awaitReady(() -> true, LIMIT))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("child ended with status 1 while starting: it wrote nothing");
  }

  @Test
  void stopsWhatIsNotReadyInTime() {
    ChildProcess child = start("sleep", "300");

    assertThatThrownBy(() -> child.awaitReady(() -> false, Duration.ofMillis(50)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("child was not ready within 50 ms: it wrote nothing");

    assertThat(Await.isGone(child.pid())).isTrue();
  }

  @Test
  void stopsWhenInterruptedWhileStarting() {
    ChildProcess child = start("sleep", "300");

    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> child.awaitReady(() -> false, LIMIT))
        .isInstanceOf(IllegalStateException.class);

    assertThat(Thread.interrupted()).isTrue();
    Await.until("end of the child", () -> Await.isGone(child.pid()));
  }

  @Test
  void saysThatACommandIsMissing() {
    ChildProcess child = start("no-such-command");

    assertThatThrownBy(() -> child.awaitReady(() -> false, LIMIT))
        .hasMessageContaining("ended with status 127")
        .hasMessageContaining("no-such-command");
  }

  @Test
  void emptiesTheLogOfAnEarlierRun() throws IOException {
    Files.writeString(folder.resolve("log"), "old");
    try (ChildProcess child = start("sleep", "300")) {
      assertThat(child.endOfLog()).isEqualTo("it wrote nothing");
    }
  }

  private ChildProcess start(String... command) {
    return ChildProcess.start("child", List.of(command), folder, folder.resolve("log"));
  }

  private static String place(Class<?> type) {
    return Path.of(URI.create(type.getProtectionDomain().getCodeSource().getLocation().toString()))
        .toString();
  }
}
