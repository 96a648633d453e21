package dev.freshet.aws.emulator.mapping;

import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.template.MappingDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Drives the parts of a mapping in one thread, with a manual clock and a noting destination. */
final class MappingDriver {

  static final Backoff BACKOFF = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1));

  final ManualTime time = new ManualTime();
  final MappingMeters meters = new MappingMeters();
  final List<String> discarded = new ArrayList<>();
  boolean stopping;
  int ends;
  private final MappingDefinition mapping;
  private final FunctionInvoker function;
  private FailureDestination destination = (name, document) -> discarded.add(document);

  MappingDriver(MappingDefinition mapping, FunctionInvoker function) {
    this.mapping = mapping;
    this.function = function;
  }

  MappingDriver sendingTo(FailureDestination other) {
    destination = other;
    return this;
  }

  boolean process(List<ShardRecord> records) throws InterruptedException {
    return processor().process(Records.events(records));
  }

  ShardConsumer consumer(ShardSource source) {
    BatchBuffer buffer = new BatchBuffer(mapping.batchSize(), mapping.maximumBatchingWindow());
    return new ShardConsumer(
        source, Records.writer(), buffer, processor(), time, () -> stopping, () -> ends++);
  }

  private BatchProcessor processor() {
    DiscardDocument document =
        new DiscardDocument(Records.ACCOUNT, mapping.function(), mapping.stream(), Records.SHARD);
    Discarding discarding =
        new Discarding(mapping.onFailureDestination(), destination, document, meters, time);
    BatchProcessor.Parts parts =
        new BatchProcessor.Parts(
            function, mapping.reportsBatchItemFailures(), discarding, meters, BACKOFF, time, time);
    return new BatchProcessor(new RetryRules(mapping), parts, () -> stopping);
  }
}
