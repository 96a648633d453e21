package dev.freshet.state.dynamodb;

import dev.freshet.aws.emulator.process.DynamoDbEmulator;
import dev.freshet.aws.emulator.process.DynamoDbTables;
import dev.freshet.aws.emulator.template.TableDefinition;
import dev.freshet.testing.redis.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
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

  static final String NAME = "history";

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
      try {
        DynamoDbEmulator emulator =
            DynamoDbEmulator.start(
                TestRedis.freePort(),
                "--dynamodb-port",
                Path.of("..").toAbsolutePath().normalize(),
                Files.createTempDirectory("freshet-dynamodb"),
                Optional.empty());
        Runtime.getRuntime().addShutdownHook(new Thread(emulator::close));
        try (DynamoDbClient client = DynamoDbTables.connect(emulator.endpoint())) {
          DynamoDbTables.create(client, new TableDefinition(NAME, HistoryTable.ID));
        }
        return emulator.endpoint();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
