package dev.freshet.benchmarks.load;

import com.amazonaws.services.lambda.runtime.events.KinesisEvent;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.KinesisEventRecord;
import com.amazonaws.services.lambda.runtime.events.KinesisEvent.Record;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes batches of events as the mappings of their streams do: each of one stream's events, handed
 * over as soon as it is full.
 */
public final class Batches {

  private static final String SHARD = "shardId-000000000000";
  private static final String ARN = "arn:aws:kinesis:eu-central-1:000000000000:stream/";

  private final Map<OrderStream, List<SourceEvent>> waiting = new EnumMap<>(OrderStream.class);
  private long sequenceNumber;

  /** Adds the next event; answers with its stream's batch if that is full now. */
  public Optional<Delivery> add(SourceEvent event, int batchSize) {
    List<SourceEvent> batch = waiting.computeIfAbsent(event.stream(), first -> new ArrayList<>());
    batch.add(event);
    if (batch.size() < batchSize) {
      return Optional.empty();
    }
    Delivery full = delivery(event.stream(), batch);
    batch.clear();
    return Optional.of(full);
  }

  private Delivery delivery(OrderStream stream, List<SourceEvent> batch) {
    KinesisEvent event = new KinesisEvent();
    event.setRecords(batch.stream().map(this::record).toList());
    long newest = batch.get(batch.size() - 1).occurredAtMillis();
    return new Delivery(stream, event, batch.size(), newest);
  }

  private KinesisEventRecord record(SourceEvent event) {
    String sequence = Long.toString(sequenceNumber++);
    Record kinesis = new Record();
    kinesis.setPartitionKey(event.order().id());
    kinesis.setSequenceNumber(sequence);
    kinesis.setData(ByteBuffer.wrap(event.json()));
    KinesisEventRecord record = new KinesisEventRecord();
    record.setEventID(SHARD + ":" + sequence);
    record.setEventSourceARN(ARN + event.stream().stream());
    record.setKinesis(kinesis);
    return record;
  }
}
