package dev.freshet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests when the script {@code freshet} builds, with a Maven and a Java that only say so. */
@Tag("verify")
class StartScriptIT {

  private static final String VERBS =
      "mvn package -pl !benchmarks,!examples/flights,!replay-spark,!system-tests";
  private static final String BENCHMARKS = "mvn package -pl benchmarks -am";
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path root;

  @BeforeEach
  void layOutTheProject() throws IOException {
    Files.copy(Path.of("..", "freshet"), root.resolve("freshet"));
    for (String source :
        List.of(
            "pom.xml",
            "serverless.yml",
            "package-lock.json",
            "deployment/plugin.js",
            "lambdas/pom.xml",
            "lambdas/src/main/Group.java",
            "benchmarks/pom.xml",
            "benchmarks/src/main/Bench.java",
            "tools/cli/pom.xml",
            "tools/cli/src/main/Cli.java")) {
      write(source, "");
      touch(source, LONG_AGO);
    }
    program("node", "exit");
    program("npm", "exit");
    program("java", "echo ' version \"17.0.1\"' >&2");
    program(
        "mvn",
        """
        echo "mvn ${*:5}" >> "$ROOT/runs"
        mkdir -p "$ROOT/.serverless"
        echo '"freshet-local-x"' > "$ROOT/.serverless/cloudformation-template-update-stack.json"
        """);
  }

  @Test
  void buildsOnFirstUseAndAfterAChange() throws Exception {
    assertThat(buildsOf("catalog")).containsExactly(VERBS);
    assertThat(buildsOf("catalog")).isEmpty();

    touch("lambdas/src/main/Group.java", Instant.now().plusSeconds(1));

    assertThat(buildsOf("catalog")).containsExactly(VERBS);
  }

  @Test
  void buildsTheBenchmarksAlone() throws Exception {
    assertThat(buildsOf("bench")).containsExactly(BENCHMARKS);
    assertThat(buildsOf("bench")).isEmpty();

    touch("benchmarks/src/main/Bench.java", Instant.now().plusSeconds(1));

    assertThat(buildsOf("bench")).containsExactly(BENCHMARKS);
  }

  @Test
  void buildsTheVerbsThoughTheBenchmarksWereBuiltSinceTheChange() throws Exception {
    assertThat(buildsOf("catalog")).containsExactly(VERBS);
    touch(".freshet/built", LONG_AGO.plusSeconds(1));
    touch("lambdas/src/main/Group.java", LONG_AGO.plusSeconds(2));

    assertThat(buildsOf("bench")).containsExactly(BENCHMARKS);
    assertThat(buildsOf("catalog")).containsExactly(VERBS);
  }

  @Test
  void wrongUsageIsOneLineAndExit2() throws Exception {
    assertWrong("--catalogue needs the folder of a catalogue", "catalog", "--catalogue");
    assertWrong("there is no folder nowhere", "catalog", "--catalogue", "nowhere");
    assertWrong("bench knows the reference catalogue only", "bench", "--catalogue=.");
    assertWrong("--memory must be a size such as 2g, not '2 GB'", "replay", "--memory", "2 GB");
    assertWrong("--memory must be a size such as 2g, not ''", "replay", "--memory=");
  }

  private void assertWrong(String message, String... arguments) throws Exception {
    buildsOf(arguments[0]);
    Process process = start(arguments);
    String output = Files.readString(root.resolve("output"), UTF_8);
    assertThat(process.exitValue()).as(output).isEqualTo(2);
    assertThat(output.lines()).singleElement().asString().startsWith("freshet: " + message);
  }

  /** Runs a verb, and returns what Maven was asked for. */
  private List<String> buildsOf(String verb) throws Exception {
    write("runs", "");
    Process process = start(verb);
    assertThat(process.exitValue()).as(Files.readString(root.resolve("output"), UTF_8)).isZero();
    return Files.readAllLines(root.resolve("runs"));
  }

  private Process start(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", root.resolve("freshet").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder script = new ProcessBuilder(command);
    script.environment().put("ROOT", root.toString());
    script
        .environment()
        .merge("PATH", root + "/bin", (path, programs) -> programs + File.pathSeparator + path);
    File output = root.resolve("output").toFile();
    Process process = script.redirectErrorStream(true).redirectOutput(output).start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return process;
  }

  private void program(String name, String body) throws IOException {
    Path program = write("bin/" + name, "#!/usr/bin/env bash\n" + body + "\n");
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Path write(String file, String content) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    return Files.writeString(root.resolve(file), content);
  }

  private void touch(String file, Instant when) throws IOException {
    Files.setLastModifiedTime(root.resolve(file), FileTime.from(when));
  }
}
