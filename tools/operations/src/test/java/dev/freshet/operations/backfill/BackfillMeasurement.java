package dev.freshet.operations.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.aws.emulator.process.DynamoDbEmulator;
import dev.freshet.metrics.Metrics;
import dev.freshet.operations.history.Cards;
import dev.freshet.operations.history.Cards.Payment;
import dev.freshet.operations.history.HistoryScene;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.events.EventSource;
import dev.freshet.state.redis.RedisStateStore;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures a backfill of 1,000,000 events of 100,000 entities: computed only, and installed in
 * Redis and an emulated DynamoDB; results go nowhere. Its name keeps it out of the build.
 */
@Tag("verify")
class BackfillMeasurement {

  private static final int EVENTS = Integer.getInteger("events", 1_000_000);
  private static final int ENTITIES = Integer.getInteger("entities", 100_000);
  private static final long SEED = 19;

  @TempDir private Path folder;

  @Test
  void entitiesAndEventsPerSecond() throws IOException {
    try (DynamoDbEmulator emulator = HistoryScene.emulator(folder);
        HistoryScene scene = new HistoryScene(Cards.GROUP, emulator)) {
      scene.state("0");
      long seam = store(scene).seam().orElseThrow();
      Path file = folder.resolve("events.jsonl");
      write(file, seam);
      run(scene, seam, file, true);
      run(scene, seam, file, false);
      String memory = scene.redis.ask(commands -> commands.info("memory"));
      memory
          .lines()
          .filter(each -> each.startsWith("used_memory_peak_human"))
          .forEach(System.out::println);
    }
  }

  private static void write(Path file, long seam) throws IOException {
    Random random = new Random(SEED);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < EVENTS; i++) {
        long at = i == 0 ? seam : seam - (long) (random.nextDouble() * 100 * Cards.DAY);
        String card = Integer.toString(random.nextInt(ENTITIES));
        out.write(new Payment("event-" + i, card, at, random.nextInt(100_000)).json());
        out.newLine();
      }
    }
  }

  private static RedisStateStore store(HistoryScene scene) {
    return RedisStateStore.joining(
        scene.group, scene.redis, HistoryScene.TTL, scene.archive(), Metrics.NONE);
  }

  private static void run(HistoryScene scene, long seam, Path file, boolean isDry)
      throws IOException {
    RedisStateStore store = store(scene);
    new Backfill(
            scene.group,
            store,
            scene.index(),
            scene.recalculator(store),
            (since, end, receiver) -> {},
            new Backfill.Options(isDry, 20, SEED, Optional.empty()),
            Clock.systemUTC(),
            pause -> Thread.sleep(Math.min(100, pause.toMillis())),
            new PrintWriter(System.out, true, UTF_8))
        .fromFiles(
            seam, List.of(EventSource.of(file)), scene.group.eventTypes(), ReplayProgress.NONE);
  }
}
