package dev.freshet.benchmarks;

import dev.freshet.aws.emulator.process.KinesisEmulator;
import dev.freshet.benchmarks.measure.Store;
import dev.freshet.kinesis.KinesisSink;
import dev.freshet.local.platform.LocalKinesis;
import dev.freshet.metrics.Metrics;
import dev.freshet.stream.RecordSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * A sink, and what stands behind it.
 *
 * @param behind is closed in the end
 */
record Publisher(RecordSink sink, Runnable behind) implements AutoCloseable {

  private static final String STREAM = "feature-results";
  private static final int SHARDS = 4;
  private static final Duration POLL = Duration.ofMillis(20);

  static Publisher emulator(Path root, Path folder) {
    KinesisEmulator emulator = KinesisEmulator.start(Store.freePort(), "another run", root, folder);
    KinesisClient kinesis = LocalKinesis.connect(emulator.endpoint());
    kinesis.createStream(call -> call.streamName(STREAM).shardCount(SHARDS));
    while (!isActive(kinesis)) {
      LockSupport.parkNanos(POLL.toNanos());
    }
    return new Publisher(
        new KinesisSink(kinesis, STREAM, Metrics.NONE),
        () -> {
          kinesis.close();
          emulator.close();
        });
  }

  private static boolean isActive(KinesisClient kinesis) {
    return kinesis
            .describeStreamSummary(call -> call.streamName(STREAM))
            .streamDescriptionSummary()
            .streamStatus()
        == StreamStatus.ACTIVE;
  }

  @Override
  public void close() {
    behind.run();
  }
}
