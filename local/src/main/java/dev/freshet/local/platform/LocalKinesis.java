package dev.freshet.local.platform;

import dev.freshet.local.template.StreamDefinition;
import java.net.URI;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The emulator seen as a client of Kinesis. */
public final class LocalKinesis {

  private LocalKinesis() {}

  /** A client that takes any credentials for good. */
  public static KinesisClient connect(URI endpoint) {
    return KinesisClient.builder()
        .endpointOverride(endpoint)
        .region(Region.of(FunctionEnvironment.REGION))
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** Creates streams and waits until all can be used. */
  static void create(KinesisClient kinesis, List<StreamDefinition> streams) {
    streams.forEach(
        stream ->
            kinesis.createStream(
                call -> call.streamName(stream.name()).shardCount(stream.shards())));
    streams.forEach(
        stream -> kinesis.waiter().waitUntilStreamExists(call -> call.streamName(stream.name())));
  }
}
