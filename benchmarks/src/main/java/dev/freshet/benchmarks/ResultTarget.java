package dev.freshet.benchmarks;

import dev.freshet.aws.emulator.process.KinesisEmulator;
import dev.freshet.aws.emulator.template.StreamDefinition;
import dev.freshet.benchmarks.measure.RedisNode;
import dev.freshet.kinesis.KinesisSink;
import dev.freshet.local.platform.LocalKinesis;
import dev.freshet.metrics.Metrics;
import dev.freshet.stream.RecordSink;
import java.nio.file.Path;
import java.util.List;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Where results go.
 *
 * @param end closes what stands behind the sink
 */
record ResultTarget(RecordSink sink, Runnable end) implements AutoCloseable {

  private static final String STREAM = "feature-results";
  private static final int SHARDS = 4;

  /**
   * Starts a Kinesis emulator, which then is what takes longest.
   *
   * @param root of the project
   * @param folder for its log
   */
  static ResultTarget emulator(Path root, Path folder) {
    KinesisEmulator emulator =
        KinesisEmulator.start(RedisNode.freePort(), "another run", root, folder);
    KinesisClient kinesis = LocalKinesis.connect(emulator.endpoint());
    LocalKinesis.create(kinesis, List.of(new StreamDefinition(STREAM, SHARDS)));
    return new ResultTarget(
        new KinesisSink(kinesis, STREAM, Metrics.NONE),
        () -> {
          kinesis.close();
          emulator.close();
        });
  }

  @Override
  public void close() {
    end.run();
  }
}
