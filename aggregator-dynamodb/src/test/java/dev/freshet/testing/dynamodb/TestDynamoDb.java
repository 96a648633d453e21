package dev.freshet.testing.dynamodb;

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
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** An emulator of DynamoDB with an empty table for entities with history. */
public final class TestDynamoDb implements AutoCloseable {

  public static final String TABLE = "history";

  private final DynamoDbEmulator emulator;
  private final DynamoDbClient client;

  private TestDynamoDb(DynamoDbEmulator emulator) {
    this.emulator = emulator;
    this.client = DynamoDbTables.connect(emulator.endpoint());
    DynamoDbTables.create(client, new TableDefinition(TABLE, "id"));
  }

  /**
   * Starts an emulator.
   *
   * @param root the project's root
   */
  public static TestDynamoDb start(Path root) {
    try {
      return new TestDynamoDb(
          DynamoDbEmulator.start(
              TestRedis.freePort(),
              "the port",
              root.toAbsolutePath().normalize(),
              Files.createTempDirectory("dynamodb"),
              Optional.empty()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of the API. */
  public URI endpoint() {
    return emulator.endpoint();
  }

  /** The client, which closes with the emulator. */
  public DynamoDbClient client() {
    return client;
  }

  /** Sends a signal, such as {@code STOP}, to the emulator. */
  public void signal(String name) throws IOException, InterruptedException {
    long pid = emulator.process().pid();
    new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor();
  }

  @Override
  public void close() {
    client.close();
    emulator.close();
  }
}
