package dev.freshet.benchmarks;

import dev.freshet.benchmarks.subject.CountingSink;
import java.nio.file.Path;

/** Where results go. */
enum Target {
  /** Nowhere: they are counted. */
  MEMORY {
    @Override
    Publisher open(Path root, Path folder) {
      CountingSink sink = new CountingSink();
      return new Publisher(sink, () -> {});
    }
  },

  /** To the Kinesis emulator, which then is what takes longest. */
  EMULATOR {
    @Override
    Publisher open(Path root, Path folder) {
      return Publisher.emulator(root, folder);
    }
  };

  /**
   * @param root of the project
   * @param folder for logs
   */
  abstract Publisher open(Path root, Path folder);
}
