package dev.freshet.aws.emulator.process;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** What tests do to Kinesis with the AWS SDK, as any program of others would. */
final class KinesisClients {

  private KinesisClients() {}

  static KinesisClient of(KinesisServer server) {
    return KinesisClient.builder()
        .endpointOverride(server.endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .build();
  }

  static void createStream(KinesisClient kinesis, String name, int shards) {
    kinesis.createStream(create -> create.streamName(name).shardCount(shards));
    Await.until("stream " + name, () -> isActive(kinesis, name));
  }

  private static boolean isActive(KinesisClient kinesis, String name) {
    return kinesis
        .describeStreamSummary(describe -> describe.streamName(name))
        .streamDescriptionSummary()
        .streamStatus()
        .equals(StreamStatus.ACTIVE);
  }
}
