package dev.freshet.local.platform;

import dev.freshet.aws.emulator.template.StreamDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.waiters.KinesisWaiter;

/** Clients of the Kinesis emulator, and its streams. */
public final class LocalKinesis {

  static final String REGION = "us-east-1";

  private static final Duration READY_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(10);

  private LocalKinesis() {}

  /** Returns a client of an endpoint; for null, of the AWS that the environment names. */
  public static KinesisClient connectOrAws(URI endpoint) {
    return LocalAws.client(KinesisClient.builder(), endpoint);
  }

  /** Returns a client of an emulator, which accepts any credentials. */
  public static KinesisClient connect(URI endpoint) {
    return connectOrAws(Objects.requireNonNull(endpoint));
  }

  /** Creates streams and waits until all are active. */
  public static void create(KinesisClient kinesis, List<StreamDefinition> streams) {
    for (StreamDefinition stream : streams) {
      kinesis.createStream(call -> call.streamName(stream.name()).shardCount(stream.shards()));
    }
    try (KinesisWaiter waiter = waiter(kinesis)) {
      streams.forEach(each -> waiter.waitUntilStreamExists(call -> call.streamName(each.name())));
    }
  }

  /** Deletes streams with all their records, and waits until they are gone. */
  static void delete(KinesisClient kinesis, List<StreamDefinition> streams) {
    streams.forEach(each -> kinesis.deleteStream(call -> call.streamName(each.name())));
    try (KinesisWaiter waiter = waiter(kinesis)) {
      streams.forEach(
          each -> waiter.waitUntilStreamNotExists(call -> call.streamName(each.name())));
    }
  }

  private static KinesisWaiter waiter(KinesisClient kinesis) {
    return KinesisWaiter.builder()
        .client(kinesis)
        .overrideConfiguration(
            limits ->
                limits
                    .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(POLL))
                    .maxAttempts(Integer.MAX_VALUE)
                    .waitTimeout(READY_LIMIT))
        .build();
  }
}
