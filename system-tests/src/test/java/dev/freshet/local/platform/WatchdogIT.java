package dev.freshet.local.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.emulator.function.FunctionFailedException;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.state.PartitionRange;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Tests the watchdog from its jar: the executions that it starts, and its faults. */
@EnabledOnOs(OS.LINUX)
@Tag("verify")
class WatchdogIT {

  private static final Clock CLOCK = Clock.systemUTC();
  private static final String NOBODY = "http://127.0.0.1:1";

  private static DeployedFunctions functions;
  private static FunctionProcess watchdog;

  private Redis state;

  @BeforeAll
  static void start() {
    functions = DeployedFunctions.shared();
    watchdog = functions.start(functions.named("recalculation-watchdog"));
  }

  @AfterAll
  static void stop() {
    watchdog.close();
  }

  @BeforeEach
  void forgetAll() {
    functions.forgetAll();
    state = Redis.at(functions.stateStoreUrl(), Duration.ofSeconds(30));
  }

  @AfterEach
  void disconnect() {
    state.close();
  }

  @Test
  void startsAnExecutionThatCouldNotBeStarted() throws Exception {
    leaveCityDemandPending();
    assertThat(functions.executions().executions()).isZero();

    assertThat(watch()).isEqualTo(DeployedFunctions.WATCHED_ALL);

    assertThat(functions.executions().executions()).isOne();
    assertThat(watchdog.peakMemoryBytes() >> 20)
        .as("peak memory in MiB")
        .isLessThan(functions.named("recalculation-watchdog").memoryMegabytes());
  }

  @Test
  void goesOnWithTheOthersWhenOneFails() throws Exception {
    leaveCityDemandPending();
    breakIndexes("store_orders");
    breakIndexes("city_orders");

    assertThatThrownBy(this::watch)
        .isInstanceOf(FunctionFailedException.class)
        .hasMessageContaining("could not watch [city_orders, store_orders]");

    assertThat(functions.executions().executions()).isOne();
  }

  @Test
  void startsAnExecutionForEachRangeThatHasPendingKeys() throws Exception {
    Map<String, String> fourRanges = Map.of("RECALCULATION_RANGES", "4");
    leaveCityDemandPending("c2");
    leaveCityDemandPending(inAnotherRange("c2"));
    FunctionDefinition function = functions.named("recalculation-watchdog");
    try (FunctionProcess ofFour = functions.start(function, fourRanges)) {
      assertThat(watch(ofFour)).isEqualTo(DeployedFunctions.WATCHED_ALL);
      assertThat(functions.executions().executions()).isEqualTo(2);
      assertThat(watch(ofFour)).isEqualTo(DeployedFunctions.WATCHED_ALL);
      assertThat(functions.executions().executions()).as("while they run").isEqualTo(2);
    }
  }

  private static String inAnotherRange(String city) {
    return IntStream.range(0, 1_000)
        .mapToObj(i -> "city" + i)
        .filter(
            other -> PartitionRange.of(4).stream().noneMatch(range -> hasBoth(range, other, city)))
        .findFirst()
        .orElseThrow();
  }

  private static boolean hasBoth(PartitionRange range, String one, String other) {
    return range.contains(one) && range.contains(other);
  }

  private void leaveCityDemandPending() throws IOException {
    leaveCityDemandPending("c2");
  }

  private void leaveCityDemandPending(String city) throws IOException {
    FunctionDefinition group = functions.named("city-demand");
    try (FunctionProcess cutOff = functions.start(group, Map.of("AWS_ENDPOINT_URL_SFN", NOBODY))) {
      ArtifactSetUp.doesAllOf(cutOff, ArtifactSetUp.orderCreated(group, city, CLOCK.instant()));
      assertThat(cutOff.log()).contains("city_demand: no recalculation was started");
    }
  }

  /** Puts a text at the key of the index of due keys. */
  private void breakIndexes(String group) {
    for (int partition = 0; partition < PartitionRange.PARTITIONS; partition++) {
      byte[] index = "due:{%s/%d}".formatted(group, partition).getBytes(UTF_8);
      assertThat(state.<String>ask(commands -> commands.set(index, index))).isEqualTo("OK");
    }
  }

  private String watch() throws IOException {
    return watch(watchdog);
  }

  private String watch(FunctionProcess watchdog) throws IOException {
    try (InputStream event = getClass().getResourceAsStream("scheduled-event-of-aws.json")) {
      return new String(watchdog.invoke(event.readAllBytes(), UUID.randomUUID().toString()), UTF_8);
    }
  }
}
