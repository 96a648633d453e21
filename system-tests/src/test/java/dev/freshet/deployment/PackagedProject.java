package dev.freshet.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A copy of the project's {@code serverless.yml} and the files that it names, with empty jars. */
final class PackagedProject {

  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final List<String> SOURCES =
      List.of("serverless.yml", "deployment", "stepfunctions/src/main/asl");
  private static final Map<List<String>, Path> PACKAGED = new ConcurrentHashMap<>();

  private final Path folder;

  private PackagedProject(Path folder) {
    this.folder = folder;
  }

  /**
   * The folder {@code .serverless} of the project as it is. All tests share one run for the same
   * stage and parameters.
   *
   * @param parameters such as {@code order-shards=16}
   */
  static Path of(String stage, String... parameters) {
    List<String> key = Stream.concat(Stream.of(stage), Stream.of(parameters)).toList();
    return PACKAGED.computeIfAbsent(
        key, any -> copiedTo(sharedFolder()).packaged(stage, parameters));
  }

  /** Shared by all tests; deleted with the build's output. */
  private static Path sharedFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target")), "packaged");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a copy that a test may change. */
  static PackagedProject copiedTo(Path folder) {
    try {
      for (String source : SOURCES) {
        copy(ROOT.resolve(source), folder.resolve(source));
      }
      Files.createSymbolicLink(folder.resolve("node_modules"), ROOT.resolve("node_modules"));
      for (String module : List.of("lambdas", "feature-store-subscriber", "quality")) {
        Path target = Files.createDirectories(folder.resolve(module).resolve("target"));
        Files.createFile(target.resolve(module + ".jar"));
      }
      return new PackagedProject(folder.toAbsolutePath());
    } catch (IOException e) {
      throw new IllegalStateException("cannot copy the project", e);
    }
  }

  /** Changes a file; fails if nothing changes. */
  PackagedProject edit(String file, UnaryOperator<String> change) throws IOException {
    String text = read(file);
    String changed = change.apply(text);
    assertThat(changed).isNotEqualTo(text);
    Files.writeString(folder.resolve(file), changed);
    return this;
  }

  String read(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  /** The YAML files. */
  Stream<String> yamlFiles() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("deployment"))) {
      return Stream.concat(Stream.of(folder.resolve("serverless.yml")), files.toList().stream())
          .map(file -> folder.relativize(file).toString())
          .filter(file -> file.endsWith(".yml"));
    }
  }

  /** Packages the copy without errors, and returns its folder {@code .serverless}. */
  Path packaged(String stage, String... parameters) {
    Run run = run(stage, parameters);
    assertThat(run.output()).doesNotContain("arning", "eprecat");
    assertThat(run.exitCode()).as(run.output()).isZero();
    return folder.resolve(".serverless");
  }

  Run run(String stage, String... parameters) {
    List<String> command = new ArrayList<>();
    command.addAll(List.of("node_modules/osls/bin/serverless.js", "package"));
    command.addAll(List.of("--stage", stage, "--region", "eu-central-1"));
    Stream.of(parameters).forEach(parameter -> command.addAll(List.of("--param", parameter)));
    return node(command.toArray(String[]::new));
  }

  /** Runs Node.js in the copy. */
  Run node(String... arguments) {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(arguments));
    try {
      Path output = folder.resolve("output");
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
      return new Run(process.exitValue(), Files.readString(output));
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot run node in " + folder, e);
    }
  }

  /** The outcome of a command. */
  record Run(int exitCode, String output) {}

  private static void copy(Path from, Path to) throws IOException {
    Files.createDirectories(to.getParent());
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}
