package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.city.SimulatedCity;
import dev.freshet.operations.events.OutgoingEvent;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.runtime.process.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Not a test: measures how long a function takes from the start of its process to its first answer,
 * beside {@link EmptyHandler} in the same run, for several ways to start the JVM and for the share
 * of a processor that a memory size buys. {@code -Dfreshet.starts} is the number of each, {@code
 * -Dfreshet.megabytes} selects one size.
 *
 * <pre>{@code
 * mvn verify -pl system-tests -am -Dtest=none -Dsurefire.failIfNoSpecifiedTests=false \
 *   -Dit.test=StartMeasurement -Dfailsafe.failIfNoSpecifiedTests=false
 * }</pre>
 *
 * <p>Needs Linux, and the right to make a control group to limit the processor.
 */
@Tag("verify")
class StartMeasurement {

  private static final int RUNS = Integer.getInteger("freshet.starts", 7);
  private static final int MEGABYTES_OF_ONE_CPU = 1769;
  private static final int EVENTS = 10;
  private static final Duration DUMP_LIMIT = Duration.ofMinutes(2);
  private static final List<Integer> MEMORY =
      Integer.getInteger("freshet.megabytes") == null
          ? List.of(512, 1024, MEGABYTES_OF_ONE_CPU)
          : List.of(Integer.getInteger("freshet.megabytes"));

  @TempDir private Path folder;

  private DeployedFunctions functions;

  @Test
  void starts() throws Exception {
    try (DeployedFunctions started = new DeployedFunctions(folder)) {
      functions = started;
      FunctionDefinition group = functions.named("store-orders");
      FunctionDefinition empty = empty(group);
      Map<String, List<Launch>> ways = ways(group, empty);
      System.out.println("| memory | start | store-orders ms | empty ms | ratio |");
      System.out.println("| --- | --- | --- | --- | --- |");
      for (int megabytes : MEMORY) {
        try (CpuShare share = CpuShare.of((double) megabytes / MEGABYTES_OF_ONE_CPU)) {
          ways.forEach((name, each) -> compare(megabytes, name, share, group, empty, each));
        }
      }
    }
  }

  /**
   * With SnapStart, a function starts where it waits for its restoration: from there to its first
   * answer, beside a start from nothing. The time that loading a snapshot takes is not in it.
   */
  @Test
  void restorations() throws Exception {
    try (DeployedFunctions started = new DeployedFunctions(folder)) {
      functions = started;
      FunctionDefinition group = functions.named("store-orders");
      Launch unprepared =
          new Launch(
              List.of(), List.of("-DAWS_LAMBDA_INITIALIZATION_TYPE=on-demand"), List.of(), true);
      System.out.println("| memory | start of store-orders | ms |");
      System.out.println("| --- | --- | --- |");
      for (int megabytes : MEMORY) {
        try (CpuShare share = CpuShare.of((double) megabytes / MEGABYTES_OF_ONE_CPU)) {
          List<Long> cold = new ArrayList<>();
          List<Long> plain = new ArrayList<>();
          List<Long> primed = new ArrayList<>();
          for (int run = 0; run < RUNS; run++) {
            cold.add(start(group, share.around(Launch.MANAGED)));
            plain.add(restoration(group, share.around(unprepared)));
            primed.add(restoration(group, share.around(Launch.SNAPSHOT)));
          }
          System.out.printf("| %d | from nothing | %s |%n", megabytes, summary(cold));
          System.out.printf("| %d | restored, no priming | %s |%n", megabytes, summary(plain));
          System.out.printf("| %d | restored, primed | %s |%n", megabytes, summary(primed));
        }
      }
    }
  }

  private long restoration(FunctionDefinition function, Launch launch) {
    byte[] event = event(function);
    try (FunctionProcess process = functions.start(function, Map.of(), launch)) {
      process.awaitSnapshot();
      long start = System.nanoTime();
      process.restore();
      assertThat(process.invoke(event, "first")).asString().isEqualTo("{\"batchItemFailures\":[]}");
      return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
  }

  private void compare(
      int megabytes,
      String name,
      CpuShare share,
      FunctionDefinition group,
      FunctionDefinition empty,
      List<Launch> launches) {
    List<Long> groupMillis = new ArrayList<>();
    List<Long> emptyMillis = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      groupMillis.add(start(group, share.around(launches.get(0))));
      emptyMillis.add(start(empty, share.around(launches.get(1))));
    }
    System.out.printf(
        "| %d | %s | %s | %s | %.2f |%n",
        megabytes,
        name,
        summary(groupMillis),
        summary(emptyMillis),
        (double) median(groupMillis) / median(emptyMillis));
  }

  private long start(FunctionDefinition function, Launch launch) {
    byte[] event = event(function);
    long start = System.nanoTime();
    try (FunctionProcess process = functions.start(function, Map.of(), launch)) {
      assertThat(process.invoke(event, "first")).asString().isEqualTo("{\"batchItemFailures\":[]}");
      return Duration.ofNanos(System.nanoTime() - start).toMillis();
    }
  }

  private Map<String, List<Launch>> ways(FunctionDefinition group, FunctionDefinition empty)
      throws Exception {
    Map<String, List<Launch>> ways = new LinkedHashMap<>();
    ways.put("managed: C1 only", List.of(Launch.MANAGED, Launch.MANAGED));
    Launch tiered = new Launch(List.of(), List.of("-XX:TieredStopAtLevel=4"), List.of());
    ways.put("C1 and C2", List.of(tiered, tiered));
    ways.put(
        "class data sharing",
        both(group, empty, "-XX:ArchiveClassesAtExit=", "-XX:SharedArchiveFile="));
    if (Runtime.version().feature() >= 25) {
      ways.put("AOT cache", both(group, empty, "-XX:AOTCacheOutput=", "-XX:AOTCache="));
    }
    return ways;
  }

  /** A training run of each, which leaves an archive as it ends. */
  private List<Launch> both(
      FunctionDefinition group, FunctionDefinition empty, String record, String use)
      throws Exception {
    List<Launch> launches = new ArrayList<>();
    for (FunctionDefinition function : List.of(group, empty)) {
      Path archive = folder.resolve("archive-" + launches.size() + "-" + record.hashCode());
      List<Path> jars = List.of(emptyJar(), function.artifact());
      Launch training = new Launch(List.of(), List.of(record + archive), jars);
      try (FunctionProcess process = functions.start(function, Map.of(), training)) {
        assertThat(process.invoke(event(function), "training")).isNotEmpty();
        process.exit(DUMP_LIMIT);
        assertThat(archive).as(process::log).exists();
      }
      launches.add(new Launch(List.of(), List.of(use + archive), jars));
    }
    return launches;
  }

  /** Beside the artifact's classes, and in a jar of its own for those who want jars. */
  private FunctionDefinition empty(FunctionDefinition like) throws IOException {
    String name = EmptyHandler.class.getName().replace('.', '/') + ".class";
    Path target = functions.taskRootOf(like).resolve(name);
    Files.createDirectories(target.getParent());
    try (InputStream in = EmptyHandler.class.getClassLoader().getResourceAsStream(name);
        JarOutputStream jar = new JarOutputStream(Files.newOutputStream(emptyJar()))) {
      Files.copy(in, target);
      jar.putNextEntry(new ZipEntry(name));
      Files.copy(target, jar);
    }
    return new FunctionDefinition(
        like.name(),
        EmptyHandler.class.getName(),
        like.artifact(),
        like.memoryMegabytes(),
        like.timeout(),
        like.environment());
  }

  private Path emptyJar() {
    return folder.resolve("empty.jar");
  }

  private static byte[] event(FunctionDefinition function) {
    Instant now = Clock.systemUTC().instant();
    List<byte[]> created =
        new SimulatedCity(1, 5, now.minus(Duration.ofHours(1)))
            .until(now).stream()
                .filter(event -> event.stream().equals("order-created"))
                .limit(EVENTS)
                .map(OutgoingEvent::json)
                .toList();
    try {
      return KinesisEvents.of(DeployedFunctions.ACCOUNT, function.name(), "order-created", created);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String summary(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return "%d (%d–%d)".formatted(median(millis), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  private static long median(List<Long> millis) {
    return millis.stream().sorted().toList().get(millis.size() / 2);
  }
}
