package dev.freshet.local.platform;

import dev.freshet.aws.emulator.process.StartupException;
import dev.freshet.aws.emulator.template.StreamDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** Clients of the Kinesis emulator, and its streams. */
public final class LocalKinesis {

  private static final Duration READY_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(10);

  private LocalKinesis() {}

  /** Returns a client of an endpoint; for null, of the AWS that the environment names. */
  public static KinesisClient connectOrAws(URI endpoint) {
    return endpoint == null
        ? KinesisClient.builder().httpClientBuilder(UrlConnectionHttpClient.builder()).build()
        : connect(endpoint);
  }

  /** Returns a client of an emulator, which accepts any credentials. */
  public static KinesisClient connect(URI endpoint) {
    return KinesisClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(FunctionEnvironment.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /**
   * Creates streams and waits until all are active. The SDK's waiter is not used, because its
   * second call comes only after ten seconds.
   */
  static void create(KinesisClient kinesis, List<StreamDefinition> streams) {
    for (StreamDefinition stream : streams) {
      kinesis.createStream(call -> call.streamName(stream.name()).shardCount(stream.shards()));
    }
    long deadlineNanos = System.nanoTime() + READY_LIMIT.toNanos();
    for (StreamDefinition stream : streams) {
      while (!isActive(kinesis, stream)) {
        pauseUntil(deadlineNanos, stream);
      }
    }
  }

  /** Deletes streams with all their records, and waits until they are gone. */
  static void delete(KinesisClient kinesis, List<StreamDefinition> streams) {
    streams.forEach(stream -> kinesis.deleteStream(call -> call.streamName(stream.name())));
    long deadlineNanos = System.nanoTime() + READY_LIMIT.toNanos();
    while (!kinesis.listStreams().streamNames().isEmpty()) {
      pauseUntil(deadlineNanos, streams.get(0));
    }
  }

  private static boolean isActive(KinesisClient kinesis, StreamDefinition stream) {
    return kinesis
            .describeStreamSummary(call -> call.streamName(stream.name()))
            .streamDescriptionSummary()
            .streamStatus()
        == StreamStatus.ACTIVE;
  }

  private static void pauseUntil(long deadlineNanos, StreamDefinition stream) {
    if (System.nanoTime() > deadlineNanos) {
      throw new StartupException("the Kinesis emulator is stuck with stream " + stream.name());
    }
    LockSupport.parkNanos(POLL.toNanos());
  }
}
