package dev.freshet.aws.emulator.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** The Node.js that runs the programs from npm. */
final class NodeRuntime {

  private static final String REMEDY = "install Node.js 20 or newer";
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)");

  private NodeRuntime() {}

  /**
   * Returns the node program.
   *
   * @throws StartupException if it is missing or older than version 20
   */
  static Path locate(Programs programs) {
    Path node =
        programs
            .find("node")
            .orElseThrow(() -> new StartupException("node was not found on the PATH: " + REMEDY));
    if (Programs.version(node, VERSION).filter(v -> v.isAtLeast(20, 0)).isEmpty()) {
      throw new StartupException("%s is too old or does not run: %s".formatted(node, REMEDY));
    }
    return node;
  }

  /**
   * Checks that a package from npm is installed.
   *
   * @throws StartupException if it is missing
   */
  static void requirePackage(Path projectRoot, String name) {
    Path folder = projectRoot.resolve("node_modules").resolve(name);
    if (!Files.isDirectory(folder)) {
      throw new StartupException(
          "%s was not found: run npm ci in %s".formatted(folder, projectRoot));
    }
  }
}
