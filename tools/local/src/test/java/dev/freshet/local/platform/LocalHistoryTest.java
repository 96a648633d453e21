package dev.freshet.local.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.aws.emulator.process.Await;
import dev.freshet.aws.emulator.process.DynamoDbEmulator;
import dev.freshet.aws.emulator.process.DynamoDbTables;
import dev.freshet.aws.emulator.template.TableDefinition;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Needs the packages of {@code npm ci}, which the Maven build runs before. */
@Tag("verify")
class LocalHistoryTest {

  private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
  private static final List<TableDefinition> TABLES =
      List.of(new TableDefinition("freshet-local-history", "id"));

  @TempDir private Path folder;

  @Test
  void startsNothingForATemplateWithoutTables() throws IOException {
    try (LocalHistory history = LocalHistory.start(inFolder(folder.resolve("data")), List.of())) {
      history.endWarmUp();

      assertThat(history.endpoint()).isEmpty();
      assertThat(history.isWarmUpForgotten()).isTrue();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void forgetsTheWarmUp() throws IOException {
    for (PlatformOptions options : List.of(inMemory(), inFolder(folder.resolve("data")))) {
      try (LocalHistory history = LocalHistory.start(options, TABLES)) {
        assertThat(history.isWarmUpForgotten()).isTrue();
        put(history, "of the warm-up");

        history.endWarmUp();

        assertThat(ids(history)).isEmpty();
      }
    }
  }

  @Test
  void goesOnInAFolderWhereTheRunBeforeEnded() throws IOException {
    Path data = folder.resolve("some").resolve("data");
    try (LocalHistory first = LocalHistory.start(inFolder(data), TABLES)) {
      first.endWarmUp();
      put(first, "kept");
    }
    try (LocalHistory second = LocalHistory.start(inFolder(data), TABLES)) {
      assertThat(second.isWarmUpForgotten())
          .as("functions would go on with the declarations of the warm-up")
          .isFalse();
      put(second, "of the warm-up");
      second.endWarmUp();

      assertThat(ids(second)).containsExactly("kept");
    }
  }

  @Test
  void refusesAFolderThatCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThatThrownBy(() -> LocalHistory.start(inFolder(file), TABLES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(file + " cannot be written (")
        .hasMessageEndingWith("): choose another folder with --data");
  }

  @Test
  void refusesAFolderWhoseTablesAreDamaged() throws IOException {
    Path data = folder.resolve("data");
    for (int run = 0; run < 2; run++) { // the second moves the tables out of the log
      try (LocalHistory history = LocalHistory.start(inFolder(data), TABLES)) {
        history.endWarmUp();
        put(history, "kept");
      }
    }
    try (var files = Files.newDirectoryStream(data.resolve("dynamodb"), "*.ldb")) {
      for (Path each : files) {
        Files.writeString(each, "damaged");
      }
    }

    try (LocalHistory history = LocalHistory.start(inFolder(data), TABLES)) {
      assertThatThrownBy(history::endWarmUp)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith(data.resolve("dynamodb") + " cannot be used: ")
          .hasMessageEndingWith("; choose another folder with --data");
    }
  }

  @Test
  void refusesAFolderThatAnotherRunUses() throws IOException {
    Path data = folder.resolve("data");
    PlatformOptions second = inFolder(data);
    try (LocalHistory first = LocalHistory.start(inFolder(data), TABLES)) {
      assertThatThrownBy(() -> LocalHistory.start(second, TABLES))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage(
              data + " is in use by another run: stop it, or choose another folder with --data");
      first.endWarmUp();
      put(first, "kept");
    }
    try (LocalHistory next = LocalHistory.start(second, TABLES)) {
      next.endWarmUp();
      assertThat(ids(next)).containsExactly("kept");
    }
  }

  @Test
  void refusesAPortThatIsTaken() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      PlatformOptions options = options(PlatformOptions.History.inMemory(taken.getLocalPort()));

      assertThatThrownBy(() -> LocalHistory.start(options, TABLES))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("port " + taken.getLocalPort() + " is taken")
          .hasMessageEndingWith("--dynamodb-port");
    }
  }

  @Test
  void usesAGivenEndpointAndLeavesItsItems() throws IOException {
    try (DynamoDbEmulator other =
        DynamoDbEmulator.start(Await.freePort(), "", ROOT, folder, Optional.empty())) {
      for (String id : List.of("first", "second")) {
        try (LocalHistory history = LocalHistory.start(at(other.endpoint()), TABLES)) {
          assertThat(history.isWarmUpForgotten()).isFalse();
          history.endWarmUp();
          put(history, id);

          assertThat(history.endpoint()).contains(other.endpoint());
          assertThat(ids(history)).contains("first", id);
        }
      }
      assertThat(other.process().isAlive()).isTrue();
    }
  }

  @Test
  void saysWhichEndpointDoesNotAnswer() {
    URI nowhere = URI.create("http://127.0.0.1:1");

    assertThatThrownBy(() -> LocalHistory.start(at(nowhere), TABLES))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("DynamoDB at " + nowhere + ": ")
        .hasMessageEndingWith("; check --dynamodb-endpoint");
  }

  private PlatformOptions inMemory() throws IOException {
    return options(PlatformOptions.History.inMemory(Await.freePort()));
  }

  private PlatformOptions inFolder(Path data) throws IOException {
    return options(
        new PlatformOptions.History(Await.freePort(), Optional.empty(), Optional.of(data)));
  }

  private PlatformOptions at(URI endpoint) {
    return options(new PlatformOptions.History(1, Optional.of(endpoint), Optional.empty()));
  }

  /** Each with a work folder of its own, as the Kinesis port chooses it. */
  private static PlatformOptions options(PlatformOptions.History history) {
    return new PlatformOptions(ROOT, ROOT, history.port(), 1, 1, history, false);
  }

  private static void put(LocalHistory history, String id) {
    try (DynamoDbClient client = DynamoDbTables.connect(history.endpoint().orElseThrow())) {
      client.putItem(
          put ->
              put.tableName(TABLES.get(0).name())
                  .item(Map.of(TABLES.get(0).key(), AttributeValue.fromS(id))));
    }
  }

  private static List<String> ids(LocalHistory history) {
    try (DynamoDbClient client = DynamoDbTables.connect(history.endpoint().orElseThrow())) {
      return client.scan(scan -> scan.tableName(TABLES.get(0).name())).items().stream()
          .map(item -> item.get(TABLES.get(0).key()).s())
          .toList();
    }
  }
}
