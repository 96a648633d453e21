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
public final class Programs {

  private final String searchPath;

  public Programs(String searchPath) {
    this.searchPath = searchPath;
  }

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
   * Returns the version that {@code program --version} prints.
   *
   * @param pattern finds the major and the minor number, as groups
   * @return empty if the program does not answer as expected
   */
  public static Optional<Version> version(Path program, Pattern pattern) {
    Matcher found = pattern.matcher(versionText(program));
    return found.find()
        ? Optional.of(
            new Version(Integer.parseInt(found.group(1)), Integer.parseInt(found.group(2))))
        : Optional.empty();
  }

  private static String versionText(Path program) {
    try {
      Process process =
          new ProcessBuilder(program.toString(), "--version").redirectErrorStream(true).start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return text;
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** A version, as far as it matters here. */
  public record Version(int major, int minor) {

    public boolean isAtLeast(int leastMajor, int leastMinor) {
      return major > leastMajor || (major == leastMajor && minor >= leastMinor);
    }
  }
}
