package dev.freshet.operations.backfill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.definition.Aggregates;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.Window;
import dev.freshet.fold.Coverage;
import dev.freshet.metrics.Metrics;
import dev.freshet.operations.history.Cards;
import dev.freshet.operations.history.Cards.Payment;
import dev.freshet.operations.history.HistoryScene;
import dev.freshet.operations.history.OnHistoryScene;
import dev.freshet.replay.ReplayProgress;
import dev.freshet.replay.events.EventSource;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.Past;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.redis.RedisStateStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backfills a group beside its function, and compares all features with their definitions. */
@Tag("verify")
class BackfillTest extends OnHistoryScene {

  private static final long HOUR = 3_600_000;

  @TempDir private Path folder;
  private final StringWriter printed = new StringWriter();

  @Test
  void featuresAreRightAndCompleteAfterIt() throws IOException {
    scene.arrive(new Payment("live-1", "0", scene.clock.millis(), 100));
    long seam = seam();
    scene.clock.set(seam + HOUR);
    scene.arrive(
        new Payment("live-2", "1", seam + 1, 200), new Payment("live-3", "new", seam + 2, 300));
    List<Payment> past = past(seam, 500, 40);
    past.addAll(scene.live.subList(0, 2));

    assertThat(scene.state("1").completeFromMillis()).isNotEqualTo(Coverage.ALWAYS);
    assertThat(run(past)).as(printed.toString()).isTrue();

    List<Payment> all = new ArrayList<>(past);
    all.addAll(scene.live);
    for (int card = 0; card < 40; card++) {
      scene.check(Integer.toString(card), all);
      assertThat(scene.published.get(Integer.toString(card)).completeSince()).isEmpty();
    }
    scene.check("new", all);
    assertThat(scene.published.get("new").completeSince()).isEmpty();
    assertThat(scene.archive().read(List.of("3", "new"))).containsOnlyKeys("3", "new");
    assertThat(seamIfAny()).isEmpty();
    long repeated = past.size() - past.stream().distinct().count();
    assertThat(printed.toString())
        .contains(", %d of these duplicates".formatted(repeated))
        .contains("20 entities compared", "no difference")
        .doesNotContain("dropped");
  }

  /**
   * A record of the history would be lost if the next declaration came before the next snapshot.
   */
  @Test
  void theListOfAnAwakeEntityIsASnapshotAfterIt() throws IOException {
    long seam = declared();
    scene.clock.set(seam + HOUR);
    scene.arrive(new Payment("live", "1", seam + 1, 100));

    assertThat(run(past(seam, 30, 3))).isTrue();

    List<byte[]> lists = scene.redis.ask(commands -> commands.keys("state:*:1"));
    assertThat(lists).hasSize(1);
    assertThat(scene.redis.<Long>ask(commands -> commands.llen(lists.get(0)))).isEqualTo(2);
  }

  @Test
  void anEventBeforeTheSeamThatTheFilesLackIsFound() throws IOException {
    long seam = declared();
    scene.arrive(new Payment("forgotten", "1", seam, 100));
    scene.clock.set(seam + HOUR);

    assertThat(run(past(seam, 30, 3))).isFalse();

    assertThat(printed.toString())
        .contains("card 1: card_history:count_lifetime is ", " a replay says ", "differences")
        .doesNotContainPattern("count_lifetime is [0-9]+[.]");
  }

  @Test
  void eventsThatTheFunctionHadGoneOnWithAreKept() throws IOException {
    long seam = declared();
    List<Payment> past = past(seam, 400, 10);
    Random random = new Random(SEED);
    for (int i = 0; i < 400; i++) {
      scene.clock.set(scene.clock.millis() + random.nextInt(20 * 60_000));
      long at = scene.clock.millis() - random.nextInt((int) HOUR);
      if (at > seam) {
        scene.arrive(new Payment("live-" + i, Integer.toString(random.nextInt(12)), at, i));
      }
      if (i % 100 == 50) {
        scene.sleep();
      }
    }

    assertThat(run(past)).as(printed.toString()).isTrue();

    List<Payment> all = new ArrayList<>(past);
    all.addAll(scene.live);
    for (int card = 0; card < 12; card++) {
      scene.check(Integer.toString(card), all);
    }
  }

  @Test
  void aDryRunChangesNothing() throws IOException {
    long seam = declared();
    scene.clock.set(seam + HOUR);
    Path file = folder.resolve("past.jsonl");
    HistoryScene.write(file, past(seam, 100, 10));
    List<String> before = keys();

    assertThat(run(file, true, Optional.empty())).isTrue();

    assertThat(keys()).isEqualTo(before);
    assertThat(scene.archive().read(List.of("1"))).isEmpty();
    assertThat(seam()).isEqualTo(seam);
    assertThat(printed.toString()).contains("computed the history of 10 entities", "dry run");
  }

  @Test
  void filesThatEndBeforeTheSeamAreRefused() throws IOException {
    long seam = declared();
    scene.clock.set(seam + HOUR);
    Path file = folder.resolve("past.jsonl");
    HistoryScene.write(file, List.of(new Payment("a", "1", seam - 1, 100)));

    assertThatThrownBy(() -> run(file, false, Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("the files end at", "before the seam", "--complete-until");
    assertThat(run(file, false, Optional.of(Instant.ofEpochMilli(seam)))).isTrue();
  }

  @Test
  void aSeamThatHasNotPassedIsRefused() {
    long seam = declared();
    scene.clock.set(seam);

    assertThatThrownBy(() -> run(List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("has not passed", "run it again");
  }

  @Test
  void aGroupThatWasNeverDeployedOrHasAnotherDeclarationIsRefused() {
    assertThatThrownBy(this::seam)
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("deploy its function");
    assertThat(keys()).isEmpty();

    declared();
    FeatureGroup other = Cards.builder().over(Window.lifetime(), Aggregates.distinct()).build();
    assertThatThrownBy(() -> joining(other).seam())
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("use the declaration that is deployed");
  }

  @Test
  void aNewDeclarationDuringTheBackfillEndsIt() throws IOException {
    long seam = declared();
    scene.clock.set(seam + HOUR);
    RedisStateStore store = joining(scene.group);
    assertThat(store.seam()).hasValue(seam);
    FeatureGroup other = Cards.builder().over(Window.lifetime(), Aggregates.distinct()).build();
    RedisStateStore next =
        RedisStateStore.of(
            other, scene.redis, HistoryScene.TTL, 1 << 20, scene.archive(), Metrics.NONE);
    next.apply(List.of(new KeyEvents("1", List.of())), scene.clock.millis());

    assertThatThrownBy(
            () ->
                store.apply(
                    List.of(KeyEvents.ofPast("1", new Past(seam, new byte[0]))),
                    scene.clock.millis()))
        .isInstanceOf(StateStoreException.class)
        .hasMessageContaining("another declaration is at work");
  }

  @Test
  void aFunctionLearnsWithinAMinuteThatNothingIsMissing() {
    long seam = declared();
    scene.clock.set(seam + HOUR);
    scene.arrive(new Payment("live", "9", seam + 1, 100));
    assertThat(scene.state("9").completeFromMillis()).isNotEqualTo(Coverage.ALWAYS);
    RedisStateStore tool = joining(scene.group);
    assertThat(tool.seam()).hasValue(seam);
    tool.noteBackfilled(seam);

    scene.clock.set(scene.clock.millis() + RedisStateStore.BACKFILL_KNOWN_AFTER.toMillis());

    assertThat(scene.state("9").completeFromMillis()).isEqualTo(Coverage.ALWAYS);
  }

  private List<String> keys() {
    return scene.redis.ask(commands -> commands.keys("*")).stream()
        .map(String::new)
        .sorted()
        .toList();
  }

  /** Deploys the function; returns the seam. */
  private long declared() {
    scene.state("0");
    return seam();
  }

  private long seam() {
    return seamIfAny().orElseThrow();
  }

  private OptionalLong seamIfAny() {
    return joining(scene.group).seam();
  }

  private RedisStateStore joining(FeatureGroup group) {
    return RedisStateStore.joining(
        group, scene.redis, HistoryScene.TTL, scene.archive(), Metrics.NONE);
  }

  private boolean run(List<Payment> past) throws IOException {
    Path file = folder.resolve("past.jsonl");
    HistoryScene.write(file, past);
    return run(file, false, Optional.empty());
  }

  private boolean run(Path file, boolean isDry, Optional<Instant> completeUntil)
      throws IOException {
    RedisStateStore store = joining(scene.group);
    Backfill backfill =
        new Backfill(
            scene.group,
            store,
            scene.index(),
            scene.recalculator(store),
            scene::readLive,
            new Backfill.Options(isDry, 20, SEED, completeUntil),
            scene.clock,
            pause -> scene.clock.set(scene.clock.millis() + pause.toMillis()),
            new PrintWriter(printed, true));
    long seam = backfill.seam().orElseThrow();
    return backfill.fromFiles(
        seam, List.of(EventSource.of(file)), scene.group.eventTypes(), ReplayProgress.NONE);
  }

  /** Returns payments of 100 days up to the seam, some of them twice. */
  private static List<Payment> past(long seam, int number, int cards) {
    Random random = new Random(SEED);
    List<Payment> past = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      long at = seam - (long) (random.nextDouble() * 100 * Cards.DAY);
      String card = Integer.toString(i < cards ? i : random.nextInt(cards));
      past.add(new Payment("past-" + i, card, at, random.nextInt(100_000)));
      if (random.nextInt(10) == 0) {
        past.add(past.get(random.nextInt(past.size())));
      }
    }
    past.add(new Payment("at-seam", "0", seam, 1));
    return past;
  }
}
