package dev.freshet.featurestore.client;

import static dev.freshet.featurestore.client.Seating.freshId;
import static dev.freshet.featurestore.client.Seating.row;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.result.ArchivedResults;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import dev.freshet.testdriver.HandClock;
import dev.freshet.testing.redis.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rows of which a real Redis has forgotten a group, from a history store in memory. */
@Tag("verify")
class ServiceHistoryTest implements ArchivedResults {

  private final Map<Key, FeatureResult> archived = new HashMap<>();
  private final List<Key> asked = new ArrayList<>();
  private boolean isAway;

  private final FeatureStoreReader store =
      Seating.reader(
          TestRedis.url(), new History(this, Map.of("rating", "table"), Duration.ofHours(24)));
  private final ServiceReader seating =
      store.of(Seating.SERVICE, new HandClock(Seating.COMPUTED_AT));

  @Override
  public Collection<FeatureResult> read(Collection<Key> keys) {
    if (isAway) {
      throw new IllegalStateException("table history: no answer");
    }
    asked.addAll(keys);
    return keys.stream().filter(archived::containsKey).map(archived::get).toList();
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void whatRedisHasForgottenIsFoundOnceForAllRowsAndStays() {
    String table = freshId();
    archive(Seating.rating(table, new FeatureValue("mean", 4.5), Seating.dish("soup")));
    List<Map<String, String>> rows = List.of(row(table, "a"), row(table, "b"));

    for (ServedRow each : seating.read(rows)) {
      assertThat(each.number(2)).isEqualTo(4.5);
      assertThat(each.text(3)).isEqualTo("soup");
      assertThat(each.source(2)).isEqualTo(ServedRow.Source.STORED);
      assertThat(each.age(2).orElseThrow().isFromHistory()).isTrue();
    }
    assertThat(asked).containsExactly(new ArchivedResults.Key("rating", table));
    assertThat(seating.read(rows).get(0).age(2).orElseThrow().isFromHistory()).isFalse();
  }

  @Test
  void futuresAskTheHistoryOnTheirOwnExecutor() {
    String table = freshId();
    archive(Seating.rating(table, new FeatureValue("mean", 4.5)));
    List<Runnable> waiting = new ArrayList<>();
    CompletableFuture<Runnable> handedOver = new CompletableFuture<>();

    CompletableFuture<List<ServedRow>> found =
        seating.readAsync(
            List.of(row(table, "a")),
            task -> {
              waiting.add(task);
              handedOver.complete(task);
            });
    Runnable task = handedOver.orTimeout(30, TimeUnit.SECONDS).join();
    assertThat(found).isNotDone();
    task.run();

    assertThat(found.join().get(0).number(2)).isEqualTo(4.5);
    assertThat(waiting).hasSize(1);
  }

  @Test
  void featuresAreUnknownWhileTheHistoryIsAway() {
    isAway = true;

    ServedRow found = seating.read(row(freshId(), "a"));

    assertThat(found.source(2)).isEqualTo(ServedRow.Source.UNKNOWN);
    assertThat(found.source(0)).as("a group without history").isEqualTo(ServedRow.Source.ABSENT);
    assertThat(found.text(3)).isEqualTo("none");
  }

  private void archive(FeatureResult result) {
    archived.put(ArchivedResults.Key.of(result), result);
  }
}
