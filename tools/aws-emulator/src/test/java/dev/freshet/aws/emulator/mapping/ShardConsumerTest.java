package dev.freshet.aws.emulator.mapping;

import static dev.freshet.aws.emulator.mapping.Mappings.mapping;
import static dev.freshet.aws.emulator.mapping.ScriptedFunction.ALL_DONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.emulator.stream.MemoryShard;
import dev.freshet.shard.ManualTime;
import dev.freshet.shard.Records;
import dev.freshet.shard.ShardRead;
import dev.freshet.shard.ShardSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ShardConsumerTest {

  private static final Instant READ_BEGUN = ManualTime.START.plusSeconds(5);

  private final MemoryShard shard = new MemoryShard();

  @Test
  void recordsArriveInOrderInBatchesOfAtMostTheBatchSize() throws Exception {
    ScriptedFunction function = ScriptedFunction.answering();
    shard.put(Records.upTo(5));
    ShardConsumer consumer =
        new MappingDriver(mapping().ofBatches(2).build(), function)
            .consumer(shard.reader(10, READ_BEGUN));

    consumer.step();

    assertThat(function.calls).containsExactly(List.of(1, 2), List.of(3, 4), List.of(5));
  }

  @Test
  void isCaughtUpOnlyOnceTheTipWasReadWithNothingLeft() throws Exception {
    shard.put(Records.upTo(2));
    ShardConsumer consumer =
        new MappingDriver(mapping().build(), ScriptedFunction.answering())
            .consumer(shard.reader(10, READ_BEGUN));

    consumer.step();
    assertThat(consumer.caughtUpAt()).isEqualTo(Instant.MIN);

    consumer.step();
    assertThat(consumer.caughtUpAt()).isEqualTo(READ_BEGUN);
  }

  @Test
  void isNotCaughtUpWhileABatchWaitsForItsWindow() throws Exception {
    shard.put(Records.upTo(2));
    Mappings waiting = new Mappings(10, Duration.ofSeconds(5), 1, false, -1, Optional.empty());
    MappingDriver driver = new MappingDriver(waiting.build(), ScriptedFunction.answering());
    ShardConsumer consumer = driver.consumer(shard.reader(10, READ_BEGUN));

    consumer.step();
    consumer.step();
    assertThat(consumer.caughtUpAt()).isEqualTo(Instant.MIN);

    driver.time.advance(Duration.ofSeconds(5));
    consumer.step();
    assertThat(consumer.caughtUpAt()).isEqualTo(READ_BEGUN);
  }

  @Test
  void saysThatTheShardIsFinishedAndNoMoreThanThat() {
    MappingDriver driver = new MappingDriver(mapping().build(), ScriptedFunction.answering());
    ShardConsumer consumer = driver.consumer(ShardRead::atEnd);

    consumer.run();

    assertThat(driver.ends).isEqualTo(1);
    assertThat(consumer.caughtUpAt())
        .as("records may go on in its children")
        .isEqualTo(Instant.MIN);
  }

  @Test
  void aBatchThatWaitsForItsWindowOutlivesTheShard() throws Exception {
    Mappings waiting = new Mappings(10, Duration.ofSeconds(5), 1, false, -1, Optional.empty());
    ScriptedFunction function = ScriptedFunction.answering();
    MappingDriver driver = new MappingDriver(waiting.build(), function);
    List<ShardRead> reads = new ArrayList<>(List.of(ShardRead.of(Records.upTo(2))));
    ShardConsumer consumer =
        driver.consumer(() -> reads.isEmpty() ? ShardRead.atEnd() : reads.remove(0));

    assertThat(consumer.step()).isTrue();
    assertThat(consumer.step()).isTrue();
    driver.time.advance(Duration.ofSeconds(5));
    assertThat(consumer.step()).isFalse();

    assertThat(function.calls).containsExactly(List.of(1, 2));
  }

  @Test
  void keepsTheFaultThatEndedIt() {
    ShardConsumer consumer =
        new MappingDriver(mapping().build(), ScriptedFunction.answering())
            .consumer(
                () -> {
                  throw new IllegalStateException("gone");
                });

    consumer.run();

    assertThat(consumer.failure()).get().extracting(Throwable::getMessage).isEqualTo("gone");
  }

  @Test
  void lanesShareAShardByPartitionKey() throws Exception {
    int lanes = 4;
    for (int i = 1; i <= 100; i++) {
      shard.put(Records.record(i, "item-" + i % 10));
    }
    TreeSet<Integer> seen = new TreeSet<>();
    for (int lane = 0; lane < lanes; lane++) {
      ScriptedFunction function = ScriptedFunction.answering();
      ShardSource source = shard.reader(1000, READ_BEGUN).ofLane(lane, lanes);
      new MappingDriver(mapping().build(), function).consumer(source).step();
      List<Integer> numbers = function.calls.stream().flatMap(List::stream).toList();
      assertThat(numbers).isSorted();
      numbers.forEach(n -> assertThat(seen.add(n)).as("record %d twice", n).isTrue());
      numbers.forEach(n -> assertThat(numbers).containsAll(sameKey(n)));
    }
    assertThat(seen).hasSize(100);
  }

  @Test
  void randomFailuresNeverLoseOrReorderRecords() throws Exception {
    for (int seed = 0; seed < 500; seed++) {
      failAtRandom(seed);
    }
  }

  private static void failAtRandom(int seed) throws InterruptedException {
    Random random = new Random(seed);
    int count = 1 + random.nextInt(60);
    MemoryShard shard = new MemoryShard();
    shard.put(Records.upTo(count));
    Mappings mapping = mapping().ofBatches(1 + random.nextInt(20));
    List<Integer> done = new ArrayList<>();
    ScriptedFunction function = new ScriptedFunction(batch -> answer(batch, random, done));
    MappingDriver driver =
        new MappingDriver((random.nextBoolean() ? mapping.bisecting() : mapping).build(), function);
    ShardConsumer consumer = driver.consumer(shard.reader(1 + random.nextInt(30), READ_BEGUN));

    while (consumer.caughtUpAt().equals(Instant.MIN)) {
      consumer.step();
    }

    assertThat(done).as("seed %d", seed).isEqualTo(numbersUpTo(count));
    assertThat(driver.counters.recordsDone()).as("seed %d", seed).isEqualTo(count);
    assertThat(driver.counters.recordsDiscarded()).as("seed %d", seed).isZero();
  }

  /** Does a random part of the batch and says so truly, as a function that keeps its contract. */
  private static String answer(List<Integer> batch, Random random, List<Integer> done) {
    int last = done.isEmpty() ? 0 : done.get(done.size() - 1);
    assertThat(batch.get(0)).as("first of %s after %d", batch, last).isEqualTo(last + 1);
    int fate = random.nextInt(4);
    if (fate == 0) {
      return ScriptedFunction.fail();
    }
    int doneHere = fate == 1 ? random.nextInt(batch.size()) : batch.size();
    done.addAll(batch.subList(0, doneHere));
    return doneHere == batch.size() ? ALL_DONE : ScriptedFunction.reporting(batch.get(doneHere));
  }

  private static List<Integer> sameKey(int number) {
    List<Integer> all = new ArrayList<>(numbersUpTo(100));
    all.removeIf(n -> n % 10 != number % 10);
    return all;
  }

  private static List<Integer> numbersUpTo(int count) {
    return Records.upTo(count).stream().map(r -> Records.numberOf(r.sequenceNumber())).toList();
  }
}
