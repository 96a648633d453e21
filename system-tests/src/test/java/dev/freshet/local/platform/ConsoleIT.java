package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.freshet.city.SimulatedCity;
import dev.freshet.cli.command.DriftCommand;
import dev.freshet.console.LocalConsole;
import dev.freshet.console.ProjectFolders;
import dev.freshet.operations.events.EventPutter;
import dev.freshet.operations.events.OutgoingEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** Looks at the console of a running platform with a real browser. */
@Tag("verify")
class ConsoleIT {

  private static final String HOSTILE = "<img src=x onerror=\\\"document.title=1\\\">";
  private static final Duration UNTIL_ZERO = Duration.ofSeconds(45);
  private static final int STORES = 300;

  /** Where the pictures of the README go: {@code -Dconsole.pictures=docs/images}. */
  private static final Optional<String> README_PICTURES =
      Optional.ofNullable(System.getProperty("console.pictures"));

  @Test
  void showsThePlatformInABrowser() throws Exception {
    Browser browser = Browser.require();
    try (TestPlatform platform = new TestPlatform();
        LocalConsole console = console(browser, 0, platform)) {
      assertPassed(browser.look(console.address(), "empty"));
      platform.put(events().iterator());
      platform.awaitDone();
      assertPassed(
          browser.look(
              console.address(), "live", Browser.PICTURES, line -> change(platform, line)));
    }
  }

  /** Changes the platform while a page of it is open. */
  private static void change(TestPlatform platform, String asked) {
    switch (asked) {
      case "put" -> {
        String now = TestPlatform.CLOCK.instant().toString();
        platform.put(List.of(created("moving", HOSTILE, now)).iterator());
      }
      case "baseline" -> saveBaseline(platform.platform().featureStoreUrl());
      case "shift" -> platform.put(orders("more", 2));
      default -> {}
    }
  }

  private static void saveBaseline(String featureStore) {
    int status =
        new CommandLine(new DriftCommand(TestPlatform.CLOCK))
            .execute("--save-baseline", "store", "--feature-store", featureStore);
    assertThat(status).isZero();
  }

  @Test
  void aPageGoesOnWhenThePlatformIsBack() throws Exception {
    Browser browser = Browser.require();
    try (TestPlatform platform = new TestPlatform(true)) {
      AtomicReference<LocalConsole> console = new AtomicReference<>(console(browser, 0, platform));
      int port = console.get().address().getPort();
      String printed =
          browser.look(
              console.get().address(),
              "stopped",
              Browser.PICTURES,
              line -> {
                if (line.equals("stop")) {
                  console.get().close();
                } else if (line.equals("start")) {
                  console.set(console(browser, port, platform));
                }
              });
      console.get().close();
      assertPassed(printed);
    }
  }

  @Test
  void takesThePicturesOfTheReadme() throws Exception {
    assumeTrue(README_PICTURES.isPresent(), "-Dconsole.pictures names no folder for pictures");
    Browser browser = Browser.require();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try (TestPlatform platform = new TestPlatform();
        EventPutter putter = new EventPutter(platform.kinesis(), "");
        LocalConsole console = console(browser, 0, platform)) {
      SimulatedCity city = new SimulatedCity(1, 1_200, TestPlatform.CLOCK.instant());
      var unused =
          clock.scheduleWithFixedDelay(
              () -> putter.putAll(city.until(TestPlatform.CLOCK.instant())),
              0,
              50,
              TimeUnit.MILLISECONDS);
      Path folder = browser.root().resolve(README_PICTURES.get());
      assertPassed(browser.look(console.address(), "readme", folder, line -> {}));
      clock.shutdown();
      assertThat(clock.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    } finally {
      clock.shutdownNow();
    }
  }

  private static LocalConsole console(Browser browser, int port, TestPlatform platform) {
    return new LocalConsole(
        new ProjectFolders(browser.root(), browser.root()),
        port,
        platform.platform(),
        TestPlatform.CLOCK);
  }

  private static void assertPassed(String printed) throws IOException {
    assertThat(printed).doesNotContain("FAILED").contains("passed");
  }

  /** One order that leaves its window soon, one of a hostile store, and one that is invalid. */
  private static List<OutgoingEvent> events() {
    Instant now = TestPlatform.CLOCK.instant();
    Instant soonOutside = now.minus(Duration.ofMinutes(5)).plus(UNTIL_ZERO);
    List<OutgoingEvent> events = new ArrayList<>();
    orders("first", 1).forEachRemaining(events::add);
    events.addAll(
        List.of(
            created("e1", "45", soonOutside.toString()),
            created("e2", HOSTILE, now.toString()),
            created(HOSTILE, "45", "yesterday")));
    return events;
  }

  /** Orders of as many stores as it takes to say how far values have moved. */
  private static Iterator<OutgoingEvent> orders(String name, int least) {
    String now = TestPlatform.CLOCK.instant().toString();
    return IntStream.range(0, STORES)
        .boxed()
        .flatMap(
            store ->
                IntStream.range(0, least + store % 4)
                    .mapToObj(i -> created(name + store + "-" + i, "store" + store, now)))
        .iterator();
  }

  static OutgoingEvent created(String id, String store, String at) {
    String json =
        """
        {"eventId":"%s","eventType":"ORDER_CREATED","occurredAt":"%s","orderId":"%s","storeId":"%s"}"""
            .formatted(id, at, id, store);
    return new OutgoingEvent("order-created", "k", json.getBytes(UTF_8), Optional.empty());
  }
}
