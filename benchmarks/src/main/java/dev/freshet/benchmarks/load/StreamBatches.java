package dev.freshet.benchmarks.load;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.Record;
import dev.freshet.operations.events.OutgoingEvent;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes batches of events as the mappings of their streams do: each of one stream's events, handed
 * over as soon as it is full.
 */
public final class StreamBatches {

  private static final String SHARD = "shardId-000000000000";
  private static final String ARN = "arn:aws:kinesis:eu-central-1:000000000000:stream/";

  private final Map<String, List<OutgoingEvent>> waiting = new HashMap<>();
  private long sequenceNumber;

  /** Adds the next event; returns its stream's batch if that is full now. */
  public Optional<Delivery> add(OutgoingEvent event, int batchSize) {
    List<OutgoingEvent> batch = waiting.computeIfAbsent(event.stream(), first -> new ArrayList<>());
    batch.add(event);
    if (batch.size() < batchSize) {
      return Optional.empty();
    }
    KinesisEvent full = new KinesisEvent();
    full.setRecords(batch.stream().map(this::record).toList());
    batch.clear();
    long newest = event.occurredAt().map(Instant::toEpochMilli).orElseThrow();
    return Optional.of(new Delivery(event.stream(), full, batchSize, newest));
  }

  private KinesisEventRecord record(OutgoingEvent event) {
    String sequence = Long.toString(sequenceNumber++);
    Record kinesis = new Record();
    kinesis.setPartitionKey(event.partitionKey());
    kinesis.setSequenceNumber(sequence);
    kinesis.setData(ByteBuffer.wrap(event.json()));
    KinesisEventRecord record = new KinesisEventRecord();
    record.setEventID(SHARD + ":" + sequence);
    record.setEventSourceARN(ARN + event.stream());
    record.setKinesis(kinesis);
    return record;
  }
}
