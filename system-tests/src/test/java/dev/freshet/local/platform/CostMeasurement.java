package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.city.SimulatedCity;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.runtime.process.Launch;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Not a test: measures how long a warm function takes for a batch, with the share of a processor
 * that a memory size buys, what a million events then cost, and how much memory it used.
 *
 * <pre>{@code
 * mvn verify -pl system-tests -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *   -Dit.test=CostMeasurement -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 */
@Tag("verify")
class CostMeasurement {

  private static final int MEGABYTES_OF_ONE_CPU = 1769;
  private static final List<Integer> MEMORY = List.of(256, 512, 1024, MEGABYTES_OF_ONE_CPU);

  /** For arm64, in us-east-1. */
  private static final double DOLLARS_A_GIGABYTE_SECOND = 0.0000133334;

  private static final double DOLLARS_A_REQUEST = 0.0000002;

  @TempDir private Path folder;

  @Test
  void costs() throws Exception {
    try (DeployedFunctions functions = new DeployedFunctions(folder)) {
      System.out.println("| memory | batch | p50 ms | p99 ms | $ a million events | peak MiB |");
      System.out.println("| --- | --- | --- | --- | --- | --- |");
      for (int megabytes : MEMORY) {
        functions.forgetAll();
        try (CpuShare share = CpuShare.of((double) megabytes / MEGABYTES_OF_ONE_CPU)) {
          measure(functions, sized(functions.named("store-orders"), megabytes), share);
        }
      }
    }
  }

  private static void measure(
      DeployedFunctions functions, FunctionDefinition function, CpuShare share) throws IOException {
    int megabytes = function.memoryMegabytes();
    List<byte[]> events = events();
    try (FunctionProcess process =
        functions.start(function, Map.of(), share.around(Launch.MANAGED))) {
      run(process, function, events, 100, 100); // warms up
      for (int size : new int[] {1, 10, 100, 500}) {
        long[] nanos = run(process, function, events, size, size == 1 ? 400 : 100);
        double mean = Arrays.stream(nanos).average().orElseThrow();
        double dollars =
            mean / 1e9 * megabytes / 1024 * DOLLARS_A_GIGABYTE_SECOND + DOLLARS_A_REQUEST;
        System.out.printf(
            "| %d | %d | %.1f | %.1f | %.3f | %d |%n",
            megabytes,
            size,
            percentile(nanos, 50) / 1e6,
            percentile(nanos, 99) / 1e6,
            dollars / size * 1e6,
            process.peakMemoryBytes() >> 20);
      }
    }
  }

  private static long[] run(
      FunctionProcess process, FunctionDefinition function, List<byte[]> events, int size, int runs)
      throws IOException {
    long[] nanos = new long[runs];
    for (int run = 0; run < runs; run++) {
      int from = run * size % (events.size() - size);
      byte[] batch =
          KinesisEvents.of(
              DeployedFunctions.ACCOUNT,
              function.name(),
              "order-created",
              events.subList(from, from + size));
      long start = System.nanoTime();
      assertThat(process.invoke(batch, "run")).asString().isEqualTo("{\"batchItemFailures\":[]}");
      nanos[run] = System.nanoTime() - start;
    }
    return nanos;
  }

  private static List<byte[]> events() {
    Instant now = Clock.systemUTC().instant();
    return new ArrayList<>(
        new SimulatedCity(1, 1_500, now.minus(Duration.ofMinutes(30)))
            .until(now).stream().map(OutgoingEvent::json).toList());
  }

  private static FunctionDefinition sized(FunctionDefinition function, int megabytes) {
    return new FunctionDefinition(
        function.name(),
        function.handler(),
        function.artifact(),
        megabytes,
        function.timeout(),
        function.environment());
  }

  private static long percentile(long[] nanos, int percent) {
    return Arrays.stream(nanos).sorted().toArray()[(nanos.length - 1) * percent / 100];
  }
}
