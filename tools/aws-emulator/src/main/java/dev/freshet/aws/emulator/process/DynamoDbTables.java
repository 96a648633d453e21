package dev.freshet.aws.emulator.process;

import dev.freshet.aws.emulator.template.TableDefinition;
import java.net.URI;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;

/** Clients of an emulated DynamoDB, and its tables. */
public final class DynamoDbTables {

  private static final Duration READY_LIMIT = Duration.ofSeconds(20);
  private static final Duration POLL = Duration.ofMillis(10);

  private DynamoDbTables() {}

  /** Returns a client of an emulator, which accepts any credentials. */
  public static DynamoDbClient connect(URI endpoint) {
    return DynamoDbClient.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))
        .httpClientBuilder(UrlConnectionHttpClient.builder())
        .build();
  }

  /** Creates a table unless it exists, and returns when it is active. */
  public static void create(DynamoDbClient client, TableDefinition table) {
    AttributeDefinition attribute =
        AttributeDefinition.builder()
            .attributeName(table.key())
            .attributeType(ScalarAttributeType.S)
            .build();
    KeySchemaElement key =
        KeySchemaElement.builder().attributeName(table.key()).keyType(KeyType.HASH).build();
    try {
      client.createTable(
          create ->
              create
                  .tableName(table.name())
                  .billingMode(BillingMode.PAY_PER_REQUEST)
                  .attributeDefinitions(attribute)
                  .keySchema(key));
    } catch (ResourceInUseException exists) {
      // From an earlier run, with its items.
    }
    try (DynamoDbWaiter waiter = waiter(client)) {
      waiter.waitUntilTableExists(describe -> describe.tableName(table.name()));
    }
  }

  private static DynamoDbWaiter waiter(DynamoDbClient client) {
    return DynamoDbWaiter.builder()
        .client(client)
        .overrideConfiguration(
            limits ->
                limits
                    .backoffStrategyV2(BackoffStrategy.fixedDelayWithoutJitter(POLL))
                    .maxAttempts(Integer.MAX_VALUE)
                    .waitTimeout(READY_LIMIT))
        .build();
  }
}
