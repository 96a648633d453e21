package dev.freshet.replay.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Runs the job as {@code spark-submit} does, in a process of its own.
 *
 * @param classPath what is on the class path beside the job
 * @param job the jar of the job; {@link #ON_THE_CLASS_PATH} for none
 */
record SparkSubmission(String classPath, String job) {

  static final String ON_THE_CLASS_PATH = "spark-internal";

  private static final List<String> SETTINGS =
      List.of(
          "spark.ui.enabled=false",
          "spark.driver.host=127.0.0.1",
          "spark.driver.bindAddress=127.0.0.1");

  /** Returns the class path of the tests without the entries that contain any of some texts. */
  static String classPathWithout(List<String> texts) {
    return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(entry -> texts.stream().noneMatch(entry::contains))
        .collect(Collectors.joining(File.pathSeparator));
  }

  /**
   * Runs the job, which must succeed.
   *
   * @param printed takes what it prints
   * @return what it printed
   */
  String run(Path printed, Object... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("spark.jvm").split(" ")));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(List.of("-cp", classPath, "org.apache.spark.deploy.SparkSubmit"));
    command.addAll(List.of("--master", "local[2]", "--class", Main.class.getName()));
    SETTINGS.forEach(setting -> command.addAll(List.of("--conf", setting)));
    command.add(job);
    Arrays.stream(arguments).map(Object::toString).forEach(command::add);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile())
            .start();
    try {
      boolean ended = process.waitFor(5, TimeUnit.MINUTES);
      String text = Files.readString(printed);
      assertThat(ended && process.exitValue() == 0).as(text).isTrue();
      return text;
    } finally {
      process.destroyForcibly();
    }
  }
}
