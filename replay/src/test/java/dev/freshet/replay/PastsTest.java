package dev.freshet.replay;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.sum;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Window;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Histories depend on the set of events up to the seam, and on nothing else. */
class PastsTest {

  private static final long SEED = new Random().nextLong();
  private static final long DAY = Duration.ofDays(1).toMillis();
  private static final long SEAM = 1_780_000_000_000L;
  private static final EventType PAID =
      new EventType(
          "paid",
          "payments",
          EventFormat.json().id("id").type("type").occurredAt("at", TimeFormat.EPOCH_MILLIS));
  private static final FeatureGroup GROUP =
      FeatureGroup.named("card_history")
          .dimension(Entity.named("card").by("card"))
          .reads(PAID)
          .value(Input.decimal("amount"))
          .lateness(Duration.ofHours(2))
          .over(Window.lifetime(), count(), sum())
          .over(Window.days(30).every(Duration.ofDays(1)), count(), sum())
          .build();

  @TempDir private Path folder;

  @Test
  void orderRepetitionAndLaterEventsChangeNothing() throws IOException {
    System.out.println("seed " + SEED);
    Random random = new Random(SEED);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      lines.add(line("a" + i, random.nextInt(7), SEAM - (long) (random.nextDouble() * 90 * DAY)));
    }
    lines.add(line("last", 0, SEAM));
    Map<String, String> expected = pasts(lines);

    lines.addAll(List.copyOf(lines.subList(0, 50)));
    for (int card = 0; card < 8; card++) {
      lines.add(line("later" + card, card, SEAM + 1));
      lines.add(line("much later" + card, card, SEAM + 60 * DAY));
    }
    Collections.shuffle(lines, random);

    assertThat(pasts(lines)).isEqualTo(expected).hasSize(7);
  }

  private static String line(String id, int card, long at) {
    return "{\"type\":\"paid\",\"id\":\"%s\",\"card\":%d,\"at\":%d,\"amount\":%d.25}"
        .formatted(id, card, at, card);
  }

  private Map<String, String> pasts(List<String> lines) throws IOException {
    Path file = Files.write(folder.resolve("events.jsonl"), lines);
    Map<String, String> found = new TreeMap<>();
    try (Pasts pasts = new Pasts(GROUP, GROUP.eventTypes(), 4_096, ReplayProgress.NONE)) {
      pasts.read(
          List.of(EventSource.of(file)), () -> EventJudge.NO_CLOCK, new EntitySample<>(0, 0));
      pasts.forEach(
          SEAM, (entity, past) -> found.put(entity, HexFormat.of().formatHex(past.bytes())));
    }
    return found;
  }
}
