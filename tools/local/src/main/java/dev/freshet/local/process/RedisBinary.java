package dev.freshet.local.process;

import dev.freshet.aws.emulator.process.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Pattern;
import redis.embedded.core.ExecutableProvider;
import redis.embedded.model.OsArchitecture;

/** Finds the redis-server to run: the installed one if it is new enough, or the bundled one. */
final class RedisBinary {

  private static final Pattern VERSION = Pattern.compile("\\bv=(\\d+)\\.(\\d+)");

  private RedisBinary() {}

  /**
   * Finds or unpacks a redis-server of version 6.2 or newer.
   *
   * @param folder where the bundled one is unpacked, once
   */
  static Path locate(Programs programs, Path folder) {
    return installed(programs).orElseGet(() -> bundled(folder));
  }

  private static Optional<Path> installed(Programs programs) {
    return programs.find("redis-server").filter(file -> Programs.isAtLeast(6, 2, file, VERSION));
  }

  private static Path bundled(Path folder) {
    try {
      Path binary = folder.resolve(bundledName());
      if (!Files.isExecutable(binary)) {
        unpack(binary);
      }
      return binary;
    } catch (IOException e) {
      throw new IllegalStateException(
          "redis-server could not be unpacked to %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private static String bundledName() {
    OsArchitecture machine = OsArchitecture.detectOSandArchitecture();
    String name = ExecutableProvider.newProvidedVersionsMap().get(machine);
    if (name == null || name.endsWith(".exe")) {
      throw new IllegalStateException(
          "no redis-server is bundled for this machine: install redis-server 6.2 or newer");
    }
    return Path.of(name).getFileName().toString();
  }

  /** Moves the file in one step, because other platforms may start it at the same time. */
  private static void unpack(Path binary) throws IOException {
    Path folder = binary.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path workFolder = Files.createTempDirectory(folder, "unpack");
    try {
      Path file = ExecutableProvider.newJarResourceProvider(workFolder.toFile()).get().toPath();
      Files.move(file, binary, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(workFolder);
    }
  }
}
