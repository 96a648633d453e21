package dev.freshet.quality.audit;

import dev.freshet.packing.RecordUnpacker;
import dev.freshet.packing.UnreadableException;
import dev.freshet.shard.ShardRecord;
import dev.freshet.shard.StreamScan;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;

/** The events that the streams of the platform still have. */
public final class StreamEvents implements EventScan {

  private final KinesisClient kinesis;
  private final Set<String> streams;
  private final UnaryOperator<String> names;
  private final Map<String, StreamDescriptionSummary> summaries = new HashMap<>();

  /**
   * @param kinesis closed by the caller
   * @param streams as the catalogue names them
   * @param names returns the name of a stream in Kinesis
   */
  public StreamEvents(KinesisClient kinesis, Set<String> streams, UnaryOperator<String> names) {
    this.kinesis = kinesis;
    this.streams = Set.copyOf(streams);
    this.names = names;
  }

  @Override
  public long read(Optional<Instant> since, Instant end, Receiver receiver) {
    long[] records = {0};
    for (String stream : streams) {
      StreamScan.read(
          kinesis,
          names.apply(stream),
          since,
          end,
          (shard, record) -> {
            records[0]++;
            pass(stream, stream + "/" + shard, record, receiver);
          });
    }
    return records[0];
  }

  private static void pass(String stream, String shard, ShardRecord record, Receiver receiver) {
    long arrived = record.approximateArrival().toEpochMilli();
    for (ByteBuffer event : unpack(record)) {
      receiver.receive(stream, shard, event, arrived);
    }
  }

  private static List<ByteBuffer> unpack(ShardRecord record) {
    try {
      return RecordUnpacker.unpack(ByteBuffer.wrap(record.data()));
    } catch (UnreadableException e) {
      return List.of(); // a dead letter of the functions
    }
  }

  @Override
  public boolean isLive() {
    return true;
  }

  /**
   * A stream that is younger than its retention has all records since it was created; state in
   * Redis is not older, but what is archived may be.
   */
  @Override
  public Optional<Instant> completeFrom(Instant now, boolean forArchived) {
    return streams.stream()
        .flatMap(stream -> oldest(names.apply(stream), now, forArchived).stream())
        .max(Comparator.naturalOrder());
  }

  private Optional<Instant> oldest(String stream, Instant now, boolean forArchived) {
    StreamDescriptionSummary summary =
        summaries.computeIfAbsent(
            stream,
            name ->
                kinesis
                    .describeStreamSummary(call -> call.streamName(name))
                    .streamDescriptionSummary());
    Instant retained = now.minusSeconds(3600L * summary.retentionPeriodHours());
    Instant created = summary.streamCreationTimestamp();
    if (created == null || created.isBefore(retained)) {
      return Optional.of(retained);
    }
    return forArchived ? Optional.of(created) : Optional.empty();
  }
}
