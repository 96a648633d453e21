package dev.freshet.local.process;

import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** What tests do to an emulator with the AWS SDK, as any program of others would. */
final class KinesisClients {

  private KinesisClients() {}

  static KinesisClient of(KinesisEmulator emulator) {
    return KinesisClient.builder()
        .endpointOverride(emulator.endpoint())
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", "any")))
        .build();
  }

  static void createStream(KinesisClient kinesis, String name, int shards) {
    kinesis.createStream(create -> create.streamName(name).shardCount(shards));
    kinesis
        .waiter()
        .waitUntilStreamExists(
            describe -> describe.streamName(name),
            wait -> wait.waitTimeout(Duration.ofSeconds(20)));
  }
}
