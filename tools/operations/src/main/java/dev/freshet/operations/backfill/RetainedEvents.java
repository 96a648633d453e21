package dev.freshet.operations.backfill;

import dev.freshet.event.Event;
import dev.freshet.event.EventParser;
import dev.freshet.operations.rebuild.GroupStreams;
import dev.freshet.packing.RecordUnpacker;
import dev.freshet.packing.UnreadableException;
import dev.freshet.shard.ShardRecord;
import dev.freshet.shard.StreamScan;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The events of a group that its streams still have; leaves out what the group cannot use. */
public final class RetainedEvents implements LiveEvents {

  private final KinesisClient kinesis;
  private final String streamPrefix;
  private final GroupStreams deployed;
  private final EventParser parser;

  /**
   * @param kinesis closed by the caller
   * @param streamPrefix the start of the names of the streams, such as {@code prod-}
   */
  public RetainedEvents(KinesisClient kinesis, String streamPrefix, GroupStreams deployed) {
    this.kinesis = kinesis;
    this.streamPrefix = streamPrefix;
    this.deployed = deployed;
    this.parser = new EventParser(deployed.group());
  }

  @Override
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
