package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.console.LocalConsole;
import dev.freshet.console.ProjectFolders;
import dev.freshet.operations.events.OutgoingEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Looks at the console of a running platform with a real browser. */
@Tag("verify")
class ConsoleIT {

  private static final String HOSTILE = "<img src=x onerror=\\\"document.title=1\\\">";
  private static final Duration UNTIL_ZERO = Duration.ofSeconds(25);
  private static final Path PICTURES = Path.of("target", "console");

  @Test
  void showsThePlatformInABrowser() throws Exception {
    Optional<Path> chromium = chromium();
    assumeTrue(
        chromium.isPresent(), "no chromium is on the PATH, so no browser looks at the console");
    Path root = Path.of("..").toRealPath();
    try (TestPlatform platform = new TestPlatform();
        LocalConsole console =
            new LocalConsole(
                new ProjectFolders(root, root), 0, platform.platform(), TestPlatform.CLOCK)) {
      platform.put(events().iterator());
      platform.awaitDone();
      assertThat(look(root, console, chromium.get())).doesNotContain("FAILED").contains("passed");
    }
  }

  /** One order that leaves its window soon, one of a hostile store, and one that is invalid. */
  private static List<OutgoingEvent> events() {
    Instant now = TestPlatform.CLOCK.instant();
    Instant soonOutside = now.minus(Duration.ofMinutes(5)).plus(UNTIL_ZERO);
    return List.of(
        created("e1", "45", soonOutside.toString()),
        created("e2", HOSTILE, now.toString()),
        created(HOSTILE, "45", "yesterday"));
  }

  private static OutgoingEvent created(String id, String store, String at) {
    String json =
        """
        {"eventId":"%s","eventType":"ORDER_CREATED","occurredAt":"%s","orderId":"%s","storeId":"%s"}"""
            .formatted(id, at, id, store);
    return new OutgoingEvent("order-created", "k", json.getBytes(UTF_8), Optional.empty());
  }

  private static String look(Path root, LocalConsole console, Path chromium)
      throws IOException, InterruptedException {
    Files.createDirectories(PICTURES);
    Path log = PICTURES.resolve("log.txt");
    Process node =
        new ProcessBuilder(
                "node",
                root.resolve("system-tests/src/test/javascript/console.mjs").toString(),
                console.address().toString(),
                chromium.toString(),
                PICTURES.toRealPath().toString())
            .directory(root.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    if (!node.waitFor(5, TimeUnit.MINUTES)) {
      node.destroyForcibly();
    }
    return Files.readString(log);
  }

  private static Optional<Path> chromium() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .flatMap(folder -> Stream.of("chromium", "chromium-browser").map(Path.of(folder)::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
