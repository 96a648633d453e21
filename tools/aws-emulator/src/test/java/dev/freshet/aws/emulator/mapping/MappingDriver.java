package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.mapping.EventWriter.EventRecord;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.shard.Backoff;
import dev.freshet.shard.ManualTime;
import dev.freshet.shard.Records;
import dev.freshet.shard.ShardRecord;
import dev.freshet.shard.ShardSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Drives the parts of a mapping in one thread, with a manual clock and a noting destination. */
final class MappingDriver {

  static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  final ManualTime time = new ManualTime();
  final MappingCounters counters = new MappingCounters();
  final List<String> discarded = new ArrayList<>();
  boolean stopping;
  int ends;
  private final MappingDefinition mapping;
  private final FunctionInvoker function;
  private BiConsumer<String, String> destination = (name, document) -> discarded.add(document);

  MappingDriver(MappingDefinition mapping, FunctionInvoker function) {
    this.mapping = mapping;
    this.function = function;
  }

  MappingDriver sendingTo(BiConsumer<String, String> other) {
    destination = other;
    return this;
  }

  boolean process(List<ShardRecord> records) throws InterruptedException {
    return processor().process(events(records));
  }

  ShardConsumer consumer(ShardSource source) {
    BatchBuffer buffer = new BatchBuffer(mapping.batchSize(), mapping.maximumBatchingWindow());
    return new ShardConsumer(
        source, writer(), buffer, processor(), time, () -> stopping, () -> ends++);
  }

  static List<EventRecord> events(List<ShardRecord> records) {
    EventWriter writer = writer();
    return records.stream().map(writer::record).toList();
  }

  static EventWriter writer() {
    return new EventWriter(Mappings.ACCOUNT, "place-items", "item-created", Records.SHARD);
  }

  private BatchProcessor processor() {
    BatchDiscarder discarder =
        new BatchDiscarder(mapping, Records.SHARD, Mappings.ACCOUNT, destination, counters, time);
    return new BatchProcessor(
        mapping, function, discarder, counters, BACKOFF, time, time, () -> stopping);
  }
}
