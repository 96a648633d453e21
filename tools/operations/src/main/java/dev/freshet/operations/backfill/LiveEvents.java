package dev.freshet.operations.backfill;

import dev.freshet.aws.emulator.stream.ShardRecord;
import dev.freshet.aws.emulator.stream.StreamScan;
import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.operations.rebuild.GroupStreams;
import dev.freshet.packing.RecordUnpacker;
import dev.freshet.packing.UnreadableException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The events of a group that its streams still have; leaves out what the group cannot use. */
public final class LiveEvents {

  private final KinesisClient kinesis;
  private final String streamPrefix;
  private final GroupStreams deployed;
  private final EventParser parser;

  /** Receives an event, and when it arrived in its stream. */
  @FunctionalInterface
  public interface Receiver {
    void receive(Event event, long arrivedMillis);
  }

  /**
   * @param kinesis closed by the caller
   * @param streamPrefix the start of the names of the streams, such as {@code prod-}
   */
  public LiveEvents(KinesisClient kinesis, String streamPrefix, GroupStreams deployed) {
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
    this.deployed = deployed;
    this.parser = new EventParser(deployed.group());
  }

  /**
   * Reads all streams, shard by shard.
   *
   * @param since the first instant of arrival that is read; empty for the oldest record
   * @param end the first instant of arrival that is not read
   */
  public void read(Optional<Instant> since, Instant end, Receiver receiver) {
    for (String each : deployed.streams()) {
      String stream = streamPrefix + each;
      StreamScan.read(
          kinesis, stream, since, end, (shard, record) -> read(stream, record, receiver));
    }
  }

  private void read(String stream, ShardRecord record, Receiver receiver) {
    long arrived = record.approximateArrival().toEpochMilli();
    for (ByteBuffer each : unpack(record)) {
      if (parser.parse(stream, each, arrived) instanceof Event event) {
        receiver.receive(event, arrived);
      }
    }
  }

  private static List<ByteBuffer> unpack(ShardRecord record) {
    try {
      return RecordUnpacker.unpack(ByteBuffer.wrap(record.data()));
    } catch (UnreadableException e) {
      return List.of(); // a dead letter of the functions
    }
  }
}
