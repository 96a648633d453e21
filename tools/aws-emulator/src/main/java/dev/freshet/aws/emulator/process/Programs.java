package dev.freshet.aws.emulator.process;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The programs of a search path such as {@code PATH}, and their versions. */
public record Programs(String searchPath) {

  private static final Pattern NODE_VERSION = Pattern.compile("v(\\d+)\\.(\\d+)");
  private static final String REMEDY = "install Node.js 20 or newer";

  public static Programs onThePath() {
    return new Programs(Optional.ofNullable(System.getenv("PATH")).orElse(""));
  }

  /** Returns the first executable file of that name. */
  public Optional<Path> find(String name) {
    return Arrays.stream(searchPath.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  /**
   * Returns whether the version that {@code program --version} prints is at least this one.
   *
   * @param pattern finds the major and the minor number, as groups
   */
  public static boolean isAtLeast(int major, int minor, Path program, Pattern pattern) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher found = pattern.matcher(text);
      return found.find()
          && (Integer.parseInt(found.group(1)) > major
              || (Integer.parseInt(found.group(1)) == major
                  && Integer.parseInt(found.group(2)) >= minor));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Returns the node program that runs a package from npm.
   *
   * @throws IllegalStateException if it is missing or older than version 20, or the package is
   *     missing
   */
  Path node(Path projectRoot, String npmPackage) {
    Path node =
        find("node")
            .orElseThrow(
                () -> new IllegalStateException("node was not found on the PATH: " + REMEDY));
    if (!isAtLeast(20, 0, node, NODE_VERSION)) {
      throw new IllegalStateException("%s is too old or does not run: %s".formatted(node, REMEDY));
    }
    Path folder = projectRoot.resolve("node_modules").resolve(npmPackage);
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException(
          "%s was not found: run npm ci in %s".formatted(folder, projectRoot));
    }
    return node;
  }
}
