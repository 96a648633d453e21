package dev.freshet.operations.rebuild;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.operations.history.Cards;
import dev.freshet.operations.history.Cards.Payment;
import dev.freshet.operations.history.HistoryScene;
import dev.freshet.operations.history.OnHistoryScene;
import dev.freshet.operations.rebuild.RebuiltGroup.Arrived;
import dev.freshet.stream.StreamRecord;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Redis loses everything; what the archive does not have yet comes back from the streams. */
@Tag("verify")
class HistoryRebuildTest extends OnHistoryScene {

  private static final int MINUTE = 60_000;
  private static final int CARDS = 8;

  private final Random random = new Random(SEED);

  @Test
  void lostEventsComeBackBesideTheFunction() {
    check(Duration.ofMinutes(20), 10);
  }

  @Test
  void lostEventsComeBackThoughTheyWouldBeLateByNow() {
    check(Duration.ofDays(3), 0);
  }

  @Test
  void aSecondRebuildChangesNothing() {
    archive(100);
    loseAfter(30);
    rebuild();

    assertThat(rebuild()).contains(" 0 of them new");
    checkAll();
  }

  @Test
  void theIndexOfSleepingEntitiesComesBack() {
    archive(100);
    OptionalLong next = scene.index().next();
    scene.forget("*");
    scene.restart();
    assertThat(scene.index().next()).isEmpty();

    assertThat(rebuild(List.of())).contains("8 entities in the table; 0 events");

    assertThat(scene.index().next()).isEqualTo(next);
  }

  /** Some events are archived, some are lost with Redis, and some come later. */
  private void check(Duration later, int liveEvents) {
    archive(300);
    loseAfter(60);
    scene.clock.set(scene.clock.millis() + later.toMillis());
    arrive("before-rebuild", liveEvents, CARDS / 2); // wakes some of the entities

    String line = rebuild();

    assertThat(line).matches(".* \\d+ of them new.*").contains(" 0 too old, 0 invalid");
    checkAll();
    arrive("after-rebuild", 10, CARDS);
    checkAll();
    scene.sleep();
    scene.restart();
    checkAll();
  }

  private void archive(int events) {
    arrive("archived", events, CARDS);
    scene.sleep();
  }

  private void loseAfter(int events) {
    arrive("lost", events, CARDS + 1);
    scene.forget("*");
    scene.restart();
  }

  private void arrive(String name, int events, int cards) {
    for (int i = 0; i < events; i++) {
      scene.clock.set(scene.clock.millis() + random.nextInt(MINUTE / 4));
      long at = scene.clock.millis() - random.nextInt(100 * MINUTE);
      String card = Integer.toString(random.nextInt(cards));
      scene.arrive(new Payment(name + i, card, at, random.nextInt(1_000)));
    }
  }

  /** Reads the payments as from shards, one after another. */
  private String rebuild() {
    return rebuild(scene.live);
  }

  private String rebuild(List<Payment> payments) {
    GroupStreams deployed = new GroupStreams(scene.group, Set.of(Cards.PAID.stream()));
    try (HistoryRebuild rebuild =
        new HistoryRebuild(
            deployed,
            scene.redis,
            scene.archive(),
            HistoryScene.TTL,
            Duration.ofDays(1),
            scene::publish,
            scene.clock)) {
      for (int shard : new int[] {1, 0}) {
        rebuild.process(
            payments.stream()
                .filter(each -> Math.floorMod(each.id().hashCode(), 2) == shard)
                .map(this::record)
                .toList());
      }
      rebuild.publish();
      System.out.println(rebuild.line());
      return rebuild.line();
    }
  }

  private Arrived record(Payment payment) {
    ByteBuffer data = ByteBuffer.wrap(payment.json().getBytes(UTF_8));
    return new Arrived(
        new StreamRecord(Cards.PAID.stream(), "shard", "1", payment.card(), data),
        scene.arrivedMillis(payment));
  }

  private void checkAll() {
    List<Payment> all = new ArrayList<>(scene.live);
    IntStream.rangeClosed(0, CARDS)
        .mapToObj(Integer::toString)
        .forEach(card -> scene.checkFeatures(card, all));
  }
}
