package dev.freshet.aws.emulator.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.emulator.mapping.EventWriter.EventRecord;
import dev.freshet.shard.ManualTime;
import dev.freshet.shard.Records;
import dev.freshet.shard.ShardRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchBufferTest {

  private static final Instant NOW = ManualTime.START;
  private static final Duration WINDOW = Duration.ofSeconds(5);

  @Test
  void aBatchHoldsAtMostTheBatchSizeInOrder() {
    BatchBuffer buffer = filled(new BatchBuffer(2, Duration.ZERO), 5);

    assertThat(numbers(buffer.next(NOW))).containsExactly(1, 2);
    assertThat(numbers(buffer.next(NOW))).containsExactly(3, 4);
    assertThat(numbers(buffer.next(NOW))).containsExactly(5);
    assertThat(buffer.next(NOW)).isEmpty();
  }

  @Test
  void aBatchThatIsNotFullWaitsForTheEndOfItsWindow() {
    BatchBuffer buffer = filled(new BatchBuffer(10, WINDOW), 3);

    assertThat(buffer.next(NOW)).isEmpty();
    assertThat(buffer.next(NOW.plus(WINDOW).minusMillis(1))).isEmpty();
    assertThat(numbers(buffer.next(NOW.plus(WINDOW)))).containsExactly(1, 2, 3);
  }

  @Test
  void aFullBatchDoesNotWaitAndTheNextWindowBeginsAfterIt() {
    BatchBuffer buffer = filled(new BatchBuffer(2, WINDOW), 3);

    assertThat(buffer.next(NOW)).hasSize(2);
    assertThat(buffer.next(NOW.plusSeconds(4))).isEmpty();
    assertThat(buffer.next(NOW.plusSeconds(8))).isEmpty();
    assertThat(buffer.next(NOW.plusSeconds(9))).hasSize(1);
  }

  @Test
  void anEventNeverExceedsThePayloadLimit() {
    BatchBuffer buffer = new BatchBuffer(100, WINDOW);
    EventWriter writer = MappingDriver.writer();
    for (int i = 1; i <= 12; i++) {
      ShardRecord record =
          new ShardRecord(Records.sequenceNumber(i), "key", new byte[1_000_000], NOW);
      buffer.add(writer.record(record));
    }

    List<EventRecord> batch = buffer.next(NOW);

    int oneMore = EventWriter.event(batch).length + 1 + batch.get(0).json().length;
    assertThat(EventWriter.event(batch).length).isLessThanOrEqualTo(6 * 1024 * 1024);
    assertThat(oneMore).isGreaterThan(6 * 1024 * 1024);
    assertThat(batch).hasSize(4);
  }

  @Test
  void aPayloadOfExactlyTheLimitFits() {
    EventWriter writer = MappingDriver.writer();
    ShardRecord empty = new ShardRecord(Records.sequenceNumber(1), "", new byte[0], NOW);
    long room = BatchBuffer.PAYLOAD_LIMIT_BYTES - 1;
    room -= EventWriter.sizeWith(writer.record(empty)) + writer.record(empty).json().length;

    assertThat(batchWithKeysOf((int) room)).hasSize(2);
    assertThat(batchWithKeysOf((int) room + 1)).hasSize(1);
  }

  @Test
  void aRecordThatExceedsTheLimitAloneIsHandedOverAlone() {
    BatchBuffer buffer = new BatchBuffer(100, Duration.ZERO);
    byte[] large = new byte[(int) BatchBuffer.PAYLOAD_LIMIT_BYTES];
    ShardRecord record = new ShardRecord(Records.sequenceNumber(1), "key", large, NOW);
    buffer.add(MappingDriver.writer().record(record));
    buffer.add(MappingDriver.writer().record(Records.record(2)));

    assertThat(numbers(buffer.next(NOW))).containsExactly(1);
    assertThat(numbers(buffer.next(NOW))).containsExactly(2);
  }

  @Test
  void rejectsABatchSizeThatLambdaRejects() {
    assertThatThrownBy(() -> new BatchBuffer(10_001, WINDOW)).hasMessageContaining("10001");
  }

  private static List<EventRecord> batchWithKeysOf(int bytes) {
    BatchBuffer buffer = new BatchBuffer(100, Duration.ZERO);
    EventWriter writer = MappingDriver.writer();
    String key = "k".repeat(bytes);
    buffer.add(writer.record(new ShardRecord(Records.sequenceNumber(1), key, new byte[0], NOW)));
    buffer.add(writer.record(new ShardRecord(Records.sequenceNumber(2), "", new byte[0], NOW)));
    return buffer.next(NOW);
  }

  private static BatchBuffer filled(BatchBuffer buffer, int count) {
    MappingDriver.events(Records.upTo(count)).forEach(buffer::add);
    return buffer;
  }

  private static List<Integer> numbers(List<EventRecord> batch) {
    return batch.stream().map(record -> Records.numberOf(record.sequenceNumber())).toList();
  }
}
