package dev.freshet.aws.emulator.mapping;

import static dev.freshet.aws.emulator.mapping.Mappings.mapping;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.stream.MemoryShard;
import dev.freshet.aws.emulator.stream.StreamSource;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.shard.Records;
import dev.freshet.shard.ShardSource;
import dev.freshet.shard.StreamShard;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
final class EventSourceMappingTest {

  private static final byte[] ALL_DONE = ScriptedFunction.ALL_DONE.getBytes(StandardCharsets.UTF_8);

  private final MemoryShard first = new MemoryShard();
  private final MemoryShard second = new MemoryShard();
  private final Queue<String> threads = new ConcurrentLinkedQueue<>();

  @Test
  void aShardThatFailsForEverHoldsNoOther() throws Exception {
    CountDownLatch failed = new CountDownLatch(2);
    CountDownLatch done = new CountDownLatch(1);
    first.put(Records.record(1));
    second.put(Records.record(2));
    FunctionInvoker function =
        (event, requestId) -> {
          if (ScriptedFunction.numbers(event).contains(1)) {
            failed.countDown();
            ScriptedFunction.fail();
          }
          done.countDown();
          return ALL_DONE;
        };

    try (EventSourceMapping mapping = started(mapping().build(), function)) {
      assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(mapping.isCaughtUpWith(Instant.EPOCH)).isFalse();
    }
  }

  @Test
  void aPartitionKeyThatFailsForEverHoldsNoOtherLane() throws Exception {
    CountDownLatch failed = new CountDownLatch(2);
    CountDownLatch done = new CountDownLatch(1);
    first.put(List.of(Records.record(1, "a"), Records.record(2, "b")));
    FunctionInvoker function =
        (event, requestId) -> {
          if (ScriptedFunction.numbers(event).contains(1)) {
            failed.countDown();
            ScriptedFunction.fail();
          }
          done.countDown();
          return ALL_DONE;
        };

    try (EventSourceMapping mapping = started(mapping().inLanes(2).build(), function)) {
      assertThat(failed.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(mapping.failure()).isEmpty();
    }
  }

  @Test
  void isCaughtUpOnceAllThatWasPutIsDone() throws Exception {
    first.put(Records.upTo(250));
    second.put(Records.upTo(10));
    Instant put = InstantSource.system().instant();

    AtomicInteger calls = new AtomicInteger();
    FunctionInvoker function =
        (event, requestId) -> {
          calls.incrementAndGet();
          return ALL_DONE;
        };
    try (EventSourceMapping mapping = started(mapping().build(), function)) {
      while (!mapping.isCaughtUpWith(put)) {
        Thread.onSpinWait();
      }
      assertThat(calls).hasValue(4);
      assertThat(mapping.counters().recordsDone()).isEqualTo(260);
      assertThat(mapping.counters().recordsDiscarded()).isEqualTo(0);
    }
  }

  @Test
  void rejectsAParallelizationFactorThatLambdaRejects() {
    MappingDefinition definition = mapping().inLanes(11).build();

    assertThatThrownBy(() -> mappingOf(definition, (event, requestId) -> ALL_DONE))
        .hasMessageContaining("11");
  }

  @Test
  void isNotCaughtUpBeforeItsStart() {
    EventSourceMapping mapping = mappingOf(mapping().build(), (event, requestId) -> ALL_DONE);

    assertThat(mapping.caughtUpAt()).isEqualTo(Instant.MIN);
  }

  @Test
  void closingLetsTheInvocationInProgressEnd() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    first.put(Records.upTo(3));
    EventSourceMapping mapping =
        started(
            mapping().ofBatches(1).build(),
            (event, requestId) -> {
              running.countDown();
              awaitQuietly(mayEnd);
              return ALL_DONE;
            });
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

    Thread closing = new Thread(mapping::close);
    closing.start();
    while (closing.getState() != Thread.State.TIMED_WAITING) {
      Thread.onSpinWait();
    }
    mayEnd.countDown();
    closing.join();

    assertThat(mapping.counters().recordsDone()).isEqualTo(1);
    assertThat(mapping.counters().recordsDiscarded()).isEqualTo(0);
  }

  @Test
  void closingInterruptsAnInvocationThatDoesNotEnd() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch interrupted = new CountDownLatch(1);
    first.put(Records.upTo(1));
    FunctionInvoker hanging =
        (event, requestId) -> {
          running.countDown();
          try {
            new CountDownLatch(1).await();
          } catch (InterruptedException e) {
            interrupted.countDown();
            Thread.currentThread().interrupt();
          }
          return ALL_DONE;
        };
    EventSourceMapping mapping =
        new EventSourceMapping(
            mapping().build(),
            stream(),
            hanging,
            (name, document) -> {},
            Mappings.ACCOUNT,
            InstantSource.system(),
            Duration.ofMillis(1));
    mapping.start();
    assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();

    mapping.close();

    assertThat(interrupted.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void threadsAreNamedAfterWhatTheyDo() throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    first.put(Records.upTo(1));

    try (EventSourceMapping mapping =
        started(
            mapping().build(),
            (event, requestId) -> {
              threads.add(Thread.currentThread().getName());
              done.countDown();
              return ALL_DONE;
            })) {
      assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
      assertThat(threads).containsExactly("item-created -> place-items shard-1");
      assertThatThrownBy(mapping::start).isInstanceOf(IllegalStateException.class);
    }
  }

  private EventSourceMapping started(MappingDefinition definition, FunctionInvoker function) {
    EventSourceMapping mapping = mappingOf(definition, function);
    mapping.start();
    return mapping;
  }

  private EventSourceMapping mappingOf(MappingDefinition definition, FunctionInvoker function) {
    return new EventSourceMapping(
        definition,
        stream(),
        function,
        (name, document) -> {},
        Mappings.ACCOUNT,
        InstantSource.system(),
        Duration.ofSeconds(30));
  }

  private StreamSource stream() {
    return new StreamSource() {
      @Override
      public List<StreamShard> shards() {
        return List.of(new StreamShard("shard-1", Set.of()), new StreamShard("shard-2", Set.of()));
      }

      @Override
      public ShardSource open(String shardId) {
        MemoryShard shard = shardId.equals("shard-1") ? first : second;
        return shard.reader(100, InstantSource.system().instant());
      }
    };
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
