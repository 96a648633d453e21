package dev.freshet.cli.option;

import dev.freshet.aws.emulator.process.DynamoDbTables;
import dev.freshet.local.platform.PlatformOptions;
import dev.freshet.state.StateStoreException;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import java.net.URI;
import java.util.Optional;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The table of entities with history that a command uses: in AWS, or on this machine. */
public final class HistoryOptions {

  private static final String LOCAL_TABLE = "freshet-local-history";
  private static final URI LOCAL = URI.create("http://127.0.0.1:" + PlatformOptions.DYNAMODB_PORT);

  @Option(
      names = "--history-table",
      paramLabel = "NAME",
      defaultValue = "${env:HISTORY_TABLE}",
      description = "the table of history in DynamoDB (default: HISTORY_TABLE or the local one)")
  private Optional<String> table = Optional.empty();

  @Option(
      names = "--dynamodb-endpoint",
      paramLabel = "URL",
      description = "a DynamoDB that takes any credentials, instead of that of AWS")
  private Optional<URI> endpoint = Optional.empty();

  /** Returns whether a table or an endpoint was named. */
  public boolean isNamed() {
    return table.isPresent() || endpoint.isPresent();
  }

  public String table() {
    return table.orElse(LOCAL_TABLE);
  }

  /**
   * Creates a client, of the local platform if nothing was named.
   *
   * @throws IllegalStateException if the environment names no region
   */
  public DynamoDbClient connect() {
    try {
      return endpoint.isEmpty() && table.isPresent()
          ? DynamoDbArchive.client(UrlConnectionHttpClient.create())
          : DynamoDbTables.connect(endpoint.orElse(LOCAL));
    } catch (SdkClientException e) {
      throw new IllegalStateException(advise("DynamoDB: " + e.getMessage()), e);
    }
  }

  /** Returns an exception with a message of one line for a fault of the table. */
  public IllegalStateException failure(StateStoreException fault) {
    return new IllegalStateException(advise(fault.getMessage()), fault);
  }

  /** Adds to what is wrong with the table what to do. */
  public String advise(String fault) {
    return fault + "; check --history-table, --dynamodb-endpoint, region and credentials";
  }
}
