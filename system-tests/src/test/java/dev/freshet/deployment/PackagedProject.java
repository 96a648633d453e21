package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Packages the project's own {@code serverless.yml}, with empty jars. */
final class PackagedProject {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> SOURCES =
      List.of("serverless.yml", "deployment", "stepfunctions/src/main/asl");

  private PackagedProject() {}

  /**
   * The folder {@code .serverless} of a copy of the project.
   *
   * @param parameters such as {@code order-shards=16}
   */
  static Path in(Path folder, String stage, String... parameters) {
    try {
      for (String source : SOURCES) {
        copy(ROOT.resolve(source), folder.resolve(source));
      }
      Files.createSymbolicLink(folder.resolve("node_modules"), ROOT.resolve("node_modules"));
      for (String module : List.of("lambdas", "feature-store-subscriber")) {
        Path target = Files.createDirectories(folder.resolve(module).resolve("target"));
        Files.createFile(target.resolve(module + ".jar"));
      }
      assertThat(complaints(folder, stage, parameters)).isEmpty();
      return folder.resolve(".serverless");
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot package in " + folder, e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  private static String complaints(Path folder, String stage, String... parameters)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("node", ROOT.resolve("node_modules/osls/bin/serverless.js").toString()));
    command.addAll(List.of("package", "--stage", stage, "--region", "eu-central-1"));
    Stream.of(parameters).forEach(parameter -> command.addAll(List.of("--param", parameter)));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    String text = Files.readString(output);
    return process.exitValue() == 0 && !text.contains("arning") && !text.contains("eprecat")
        ? ""
        : text;
  }
}
