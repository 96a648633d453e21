package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A real browser, which {@code console.mjs} drives. */
record Browser(Path chromium, Path root) {

  /** Where pictures go. */
  static final Path PICTURES = Path.of("target", "console");

  /** Returns the browser of this machine; without one, the test is skipped and says so. */
  static Browser require() throws IOException {
    Optional<Path> chromium =
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .flatMap(
                folder -> Stream.of("chromium", "chromium-browser").map(Path.of(folder)::resolve))
            .filter(Files::isExecutable)
            .findFirst();
    assumeTrue(
        chromium.isPresent(), "no chromium is on the PATH, so no browser looks at the console");
    return new Browser(chromium.get(), Path.of("..").toRealPath());
  }

  /**
   * Makes some checks, and returns what they print.
   *
   * @param checks the name of a list of {@code console.mjs}
   */
  String look(URI address, String checks) throws IOException, InterruptedException {
    return look(address, checks, PICTURES, line -> {});
  }

  /**
   * @param printed gets each line as it is printed
   */
  String look(URI address, String checks, Path pictures, Consumer<String> printed)
      throws IOException, InterruptedException {
    Files.createDirectories(pictures);
    Process node =
        new ProcessBuilder(
                "node",
                root.resolve("system-tests/src/test/javascript/console.mjs").toString(),
                address.toString(),
                chromium.toString(),
                pictures.toRealPath().toString(),
                checks)
            .directory(root.toFile())
            .redirectErrorStream(true)
            .start();
    StringBuilder all = new StringBuilder();
    try (BufferedReader lines = node.inputReader(UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.append(line).append('\n');
        printed.accept(line);
      }
    } finally {
      if (!node.waitFor(1, TimeUnit.MINUTES)) {
        node.destroyForcibly();
      }
    }
    Files.createDirectories(PICTURES);
    Files.writeString(PICTURES.resolve(checks + ".txt"), all);
    return all.toString();
  }
}
