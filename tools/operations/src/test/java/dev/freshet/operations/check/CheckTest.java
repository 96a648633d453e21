package dev.freshet.operations.check;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.input.Input.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

  private static final long NOW = 1_790_000_000_000L;

  private static final EventFormat FORMAT =
      EventFormat.json()
          .id("meta.id")
          .type("meta.kind")
          .occurredAt("meta.at", TimeFormat.EPOCH_SECONDS);

  private static final EventType PAID = new EventType("paid", "payments", FORMAT);

  private static final EventType MEASURED =
      new EventType("measured", "measurements", FORMAT.typeOfStream());

  private static final FeatureGroup SPENDING =
      FeatureGroup.named("spending")
          .dimension(Entity.named("card").by("card.id"))
          .reads(PAID)
          .value(decimal("amount"))
          .over(hours(1), count("payments"), sum("amount"))
          .build();

  private static final FeatureGroup SENSORS =
      FeatureGroup.named("sensors")
          .dimension(Entity.named("sensor").by("sensor"))
          .reads(MEASURED)
          .over(hours(1), count("measurements"))
          .build();

  @TempDir private Path folder;

  private final Check check = new Check(List.of(SPENDING, SENSORS), () -> NOW);

  @Test
  void countsByTypeAndGroupWithTheFirstOfEachReason() throws IOException {
    Path file =
        file(
            paid(1_789_999_000, "\"card\":{\"id\":1},\"amount\":\"3.5\""),
            paid(1_789_999_000, "\"card\":{\"id\":1},\"amount\":\"many\""),
            paid(1_789_999_000, "\"card\":{}"),
            paid(1_789_999_000, "\"card\":{}"),
            paid(1_790_009_000, "\"card\":{\"id\":1}"),
            "{\"meta\":{\"id\":1,\"kind\":\"refunded\",\"at\":1789999000}}",
            "broken");
    check.file(EventSource.of(file));

    assertThat(check.hasUsedAny()).isTrue();
    assertThat(check.text())
        .contains("events: 7", "  paid: 4", "  measured: 0", "feature group spending")
        .contains("  paid: 1 used, 2 skipped, 1 invalid")
        .contains("    skipped 2 NO_ENTITY, first " + file + " line 3: lacks card.id")
        .anyMatch(line -> line.startsWith("    invalid 1 WRONG_TYPE, first " + file + " line 2: "))
        .anyMatch(line -> line.contains("1 TOO_FAR_AHEAD, first " + file + " line 5: "))
        .anyMatch(line -> line.contains("1 of a type that no group reads, first " + file))
        .anyMatch(line -> line.contains("1 NOT_JSON, first " + file + " line 7: "));
    assertThat(check.tree()).containsEntry("events", 7L);
  }

  @Test
  void theStreamOfAFileSaysTheTypeOfItsEvents() throws IOException {
    String measured = "{\"meta\":{\"id\":1,\"at\":1789999000},\"sensor\":\"s\"}";
    check.file(EventSource.parse("measurements=" + file(measured), check.types()));

    assertThat(check.text()).contains("  measured: 1 used, 0 skipped, 0 invalid");
  }

  @Test
  void eventsThatNoGroupCanUseAreTold() throws IOException {
    check.file(EventSource.of(file("{}", "[]")));

    assertThat(check.hasUsedAny()).isFalse();
  }

  private static String paid(long at, String members) {
    return "{\"meta\":{\"id\":\"a\",\"kind\":\"paid\",\"at\":%d},%s}".formatted(at, members);
  }

  private Path file(String... lines) throws IOException {
    return Files.writeString(folder.resolve("events.jsonl"), String.join("\n", lines) + "\n");
  }
}
