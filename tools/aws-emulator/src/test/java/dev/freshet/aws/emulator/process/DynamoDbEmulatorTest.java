package dev.freshet.aws.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.emulator.template.TableDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Needs the packages of {@code npm ci}, which the Maven build runs before. */
@Tag("verify")
class DynamoDbEmulatorTest {

  private static final String OPTION = "--dynamodb-port";
  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final TableDefinition TABLE = new TableDefinition("items", "id");

  @TempDir private Path folder;

  @Test
  void startsAndStops() throws IOException {
    DynamoDbEmulator emulator = start(Optional.empty());
    int port = emulator.endpoint().getPort();
    put(emulator, "a", "1");
    assertThat(get(emulator, "a")).isEqualTo("1");

    emulator.close();

    assertThat(Await.isGone(emulator.process().pid())).isTrue();
    Ports.requireFree(port, OPTION);
  }

  @Test
  void keepsItsTablesInAFolderThroughAKill() throws IOException {
    Path data = folder.resolve("data").resolve("tables");
    DynamoDbEmulator first = start(Optional.of(data));
    put(first, "a", "1");
    ProcessHandle.of(first.process().pid()).orElseThrow().destroyForcibly();
    first.close();

    try (DynamoDbEmulator second = start(Optional.of(data))) {
      assertThat(get(second, "a")).isEqualTo("1");
    }
  }

  @Test
  void keepsItsTablesInMemoryWithoutAFolder() throws IOException {
    try (DynamoDbEmulator first = start(Optional.empty())) {
      put(first, "a", "1");
    }
    try (DynamoDbEmulator second = start(Optional.empty())) {
      assertThat(get(second, "a")).isNull();
    }
  }

  @Test
  void refusesAFolderThatAnotherRunUses() throws IOException {
    Path data = folder.resolve("data");
    try (DynamoDbEmulator first = start(Optional.of(data))) {
      assertThatThrownBy(() -> start(Optional.of(data)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(
              data + " cannot be used: it is in use by another run; choose another folder");
      assertThat(first.process().isAlive()).isTrue();
    }
  }

  @Test
  void refusesAFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> start(Optional.of(file.resolve("data"))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(file.resolve("data") + " cannot be used: ")
        .hasMessageContaining("; choose another folder");
  }

  @Test
  void refusesAFolderWhoseTablesHaveLostTheirIndex() throws IOException {
    Path data = Files.createDirectory(folder.resolve("data"));
    Path tables = Files.writeString(data.resolve("000005.ldb"), "tables");

    assertThatThrownBy(() -> start(Optional.of(data)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(
            data + " cannot be used: its file CURRENT is missing; choose another");
    assertThat(tables).hasContent("tables");
  }

  @Test
  void outlivesAClientThatBreaksOff() throws IOException {
    try (DynamoDbEmulator emulator = start(Optional.empty())) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), emulator.endpoint().getPort())) {
        socket
            .getOutputStream()
            .write(
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf a req"
                    .getBytes(StandardCharsets.US_ASCII));
      }
      Await.until(
          "report of the break", () -> emulator.process().endOfLog().contains("ECONNRESET"));

      put(emulator, "a", "1");
      assertThat(emulator.process().isAlive()).isTrue();
    }
  }

  private DynamoDbEmulator start(Optional<Path> data) throws IOException {
    return DynamoDbEmulator.start(
        Await.freePort(), OPTION, ROOT, Files.createTempDirectory(folder, "run"), data);
  }

  private static void put(DynamoDbEmulator emulator, String id, String value) {
    try (DynamoDbClient client = DynamoDbTables.connect(emulator.endpoint())) {
      DynamoDbTables.create(client, TABLE);
      client.putItem(
          put ->
              put.tableName(TABLE.name())
                  .item(
                      Map.of(
                          TABLE.key(),
                          AttributeValue.fromS(id),
                          "value",
                          AttributeValue.fromS(value))));
    }
  }

  /**
   * Creates the table, which keeps its items if it exists, and returns the value of one; or null.
   */
  private static String get(DynamoDbEmulator emulator, String id) {
    try (DynamoDbClient client = DynamoDbTables.connect(emulator.endpoint())) {
      DynamoDbTables.create(client, TABLE);
      return client
          .getItem(
              get ->
                  get.tableName(TABLE.name())
                      .consistentRead(true)
                      .key(Map.of(TABLE.key(), AttributeValue.fromS(id))))
          .item()
          .getOrDefault("value", AttributeValue.fromNul(true))
          .s();
    }
  }
}
