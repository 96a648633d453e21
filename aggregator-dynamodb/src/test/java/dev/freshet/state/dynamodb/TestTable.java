package dev.freshet.state.dynamodb;

import dev.freshet.testing.dynamodb.TestDynamoDb;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * A table in an emulator of DynamoDB, over HTTP: one for each JVM, started when first asked for,
 * stopped with the JVM. Tests keep apart by the names of their groups.
 */
final class TestTable {

  static final String NAME = TestDynamoDb.TABLE;

  private TestTable() {}

  /** Returns a client, as functions have it, that sends its requests through a given one. */
  static DynamoDbClient connect(SdkHttpClient http) {
    return connect(http, Server.ENDPOINT);
  }

  static DynamoDbClient connect(SdkHttpClient http, URI endpoint) {
    return builder(http, endpoint).build();
  }

  /** Returns a client that makes a single attempt, so that failures cost no time. */
  static DynamoDbClient connectImpatient(SdkHttpClient http) {
    return builder(http, Server.ENDPOINT)
        .overrideConfiguration(call -> call.retryStrategy(retry -> retry.maxAttempts(1)))
        .build();
  }

  private static DynamoDbClientBuilder builder(SdkHttpClient http, URI endpoint) {
    return DynamoDbArchive.clientBuilder(http)
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
  }

  private static final class Server {
    static final URI ENDPOINT = start();

    private static URI start() {
      TestDynamoDb server = TestDynamoDb.start(Path.of(".."));
      Runtime.getRuntime().addShutdownHook(new Thread(server::close));
      return server.endpoint();
    }
  }
}
