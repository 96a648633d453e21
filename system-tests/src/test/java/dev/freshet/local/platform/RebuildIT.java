package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.cli.command.RebuildCommand;
import dev.freshet.definition.Catalogue;
import dev.freshet.operations.events.EventFile;
import dev.freshet.operations.events.EventReader;
import dev.freshet.operations.events.EventStreams;
import dev.freshet.oracle.Arrival;
import dev.freshet.oracle.Oracle;
import dev.freshet.oracle.OracleEvent;
import dev.freshet.oracle.RandomHistory;
import dev.freshet.redis.Redis;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** Tests that streams or files restore stores that lost everything. */
@Tag("nightly")
@Tag("verify")
class RebuildIT {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final long MINUTE = 60_000;

  private final long start = TestPlatform.CLOCK.millis() - 190 * MINUTE;

  @TempDir private Path folder;

  @ParameterizedTest(name = "direct={0}")
  @ValueSource(booleans = {false, true})
  void allGroupsComeBackFromTheStreams(boolean direct) throws IOException {
    try (TestPlatform platform = new TestPlatform(direct)) {
      List<String> before = lines(1);
      List<String> after = lines(2);
      put(platform, before);
      check(platform, before);

      forgetAll(platform);
      Ended rebuilt = rebuild(platform);
      assertThat(rebuilt.exit()).as(rebuilt.out()).isZero();
      check(platform, before);
      Ended again = rebuild(platform);
      assertThat(again.out().lines())
          .hasSameSizeAs(Catalogue.load().groups())
          .allMatch(line -> line.contains(" 0 of them new"));
      check(platform, before);

      put(platform, after);
      check(platform, Stream.concat(before.stream(), after.stream()).toList());
    }
  }

  @Test
  void oneGroupComesBackFromFilesAndNoOtherChanges() throws IOException {
    try (TestPlatform platform = new TestPlatform()) {
      List<String> lines = lines(3);
      put(platform, lines);
      platform.awaitDone();
      forgetAll(platform);
      int half = lines.size() / 2;
      Path plain = folder.resolve("first.jsonl");
      Path zipped = folder.resolve("second.jsonl.gz");
      Files.write(plain, lines.subList(0, half + 10));
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
        out.write(String.join("\n", lines.subList(half, lines.size())).getBytes(UTF_8));
      }

      Ended rebuilt =
          rebuild(
              platform,
              "--feature-group=city_demand",
              "--events",
              plain.toString(),
              zipped.toString());
      assertThat(rebuilt.exit()).as(rebuilt.out()).isZero();
      platform.awaitDone();
      Oracle oracle = oracle(lines);
      int compared = 0;
      for (String city : oracle.entities("cityCode", "ORDER_CREATED")) {
        var stored = platform.store().readAll("city", city);
        assertThat(stored.keySet()).allMatch(field -> field.startsWith("city_demand:"));
        compared += stored.isEmpty() ? 0 : 1;
      }
      assertThat(compared).isPositive();
      new Expectations(oracle, platform.store())
          .check("city", "cityCode", "city_demand", "ORDER_CREATED");
      for (String store : oracle.entities("storeId", "ORDER_CREATED")) {
        assertThat(platform.store().readAll("store", store)).isEmpty();
      }
    }
  }

  @Test
  void onlyRecordsSinceATimeAreTakenIfThatIsAskedFor() throws IOException {
    try (TestPlatform platform = new TestPlatform()) {
      put(platform, lines(4));
      platform.awaitDone();
      forgetAll(platform);
      Ended nothing = rebuild(platform, "--since=" + TestPlatform.CLOCK.instant());
      assertThat(nothing.exit()).as(nothing.out()).isZero();
      assertThat(nothing.out().lines())
          .hasSameSizeAs(Catalogue.load().groups())
          .allMatch(line -> line.contains(" 0 events, "));
      String earlier = TestPlatform.CLOCK.instant().minusSeconds(600).toString();
      assertThat(rebuild(platform, "--since=" + earlier).exit()).isZero();
      check(platform, lines(4));
    }
  }

  private List<String> lines(int seed) {
    return new RandomHistory(seed, start)
        .arrivals(60).stream()
            .map(Arrival::json)
            .filter(json -> OracleEvent.parse(json).occurredAt() <= start + 191 * MINUTE)
            .toList();
  }

  private void put(TestPlatform platform, List<String> lines) throws IOException {
    Path file = Files.createTempFile(folder, "events", ".jsonl");
    Files.write(file, lines);
    try (EventReader events =
        new EventFile(EventSource.of(file), EventStreams.of(Catalogue.load().groups())).open()) {
      platform.put(events);
    }
  }

  private static void forgetAll(TestPlatform platform) {
    for (String url :
        List.of(platform.platform().stateStoreUrl(), platform.platform().featureStoreUrl())) {
      try (Redis redis = Redis.at(url, TIMEOUT)) {
        String unused = redis.ask(commands -> commands.flushall());
      }
    }
  }

  private static void check(TestPlatform platform, List<String> lines) {
    platform.awaitDone();
    Expectations expectations = new Expectations(oracle(lines), platform.store());
    expectations.checkAllGroups();
    assertThat(expectations.compared()).isGreaterThan(100);
  }

  private static Oracle oracle(List<String> lines) {
    return new Oracle(lines.stream().map(OracleEvent::parse).toList());
  }

  private record Ended(int exit, String out) {}

  private static Ended rebuild(TestPlatform platform, String... options) throws IOException {
    StringWriter out = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.add("--endpoint=" + platform.platform().kinesisEndpoint());
    arguments.add("--state-store=" + platform.platform().stateStoreUrl());
    platform
        .platform()
        .historyEndpoint()
        .ifPresent(url -> arguments.add("--dynamodb-endpoint=" + url));
    int exit =
        new CommandLine(new RebuildCommand(Path.of("..").toRealPath(), TestPlatform.CLOCK))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(arguments.toArray(String[]::new));
    return new Ended(exit, out.toString());
  }
}
