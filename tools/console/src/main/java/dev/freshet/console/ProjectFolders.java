package dev.freshet.console;

import java.nio.file.Path;

/**
 * The folders that a console reads.
 *
 * @param root the project's root
 * @param service the folder of the catalogue, with {@code serverless.yml} and its packaged service
 */
public record ProjectFolders(Path root, Path service) {

  /** Returns the folder of the chart library. */
  Path charts() {
    return root.resolve("node_modules").resolve("uplot").resolve("dist");
  }
}
