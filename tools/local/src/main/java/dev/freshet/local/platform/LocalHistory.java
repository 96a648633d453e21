package dev.freshet.local.platform;

import dev.freshet.aws.emulator.process.DynamoDbEmulator;
import dev.freshet.aws.emulator.process.DynamoDbTables;
import dev.freshet.aws.emulator.template.TableDefinition;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.runtime.Settings;
import dev.freshet.state.Archive;
import dev.freshet.state.dynamodb.DynamoDbArchive;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The DynamoDB of the platform, with the tables of the template; nothing if it has no table. */
final class LocalHistory implements AutoCloseable {

  private static final String FOLDER = "dynamodb";
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final PlatformOptions options;
  private final List<TableDefinition> tables;
  private DynamoDbEmulator emulator;

  private LocalHistory(PlatformOptions options, List<TableDefinition> tables) {
    this.options = options;
    this.tables = tables;
  }

  /**
   * Starts an emulator with empty tables in memory, for the warm-up; or creates the tables at the
   * given endpoint, unless they exist.
   *
   * @throws IllegalStateException if the emulator cannot be started, the endpoint does not answer,
   *     or the folder for the tables cannot be written
   */
  static LocalHistory start(PlatformOptions options, List<TableDefinition> tables) {
    LocalHistory history = new LocalHistory(options, tables);
    if (!tables.isEmpty()) {
      options.history().data().ifPresent(LocalHistory::requireFolder);
      history.run(Optional.empty());
    }
    return history;
  }

  /** Returns the address; empty if there is no table. */
  Optional<URI> endpoint() {
    return tables.isEmpty()
        ? Optional.empty()
        : options.history().endpoint().or(() -> Optional.of(emulator.endpoint()));
  }

  /**
   * Returns whether {@link #endWarmUp} removes what a warm-up writes: not from a given endpoint.
   */
  boolean isWarmUpForgotten() {
    return tables.isEmpty() || options.history().endpoint().isEmpty();
  }

  /**
   * Replaces the tables of the warm-up by empty ones, or those of the folder.
   *
   * @throws IllegalStateException if the folder is in use
   */
  void endWarmUp() {
    if (emulator != null) {
      emulator.close();
      run(options.history().data().map(folder -> folder.resolve(FOLDER)));
    }
  }

  /**
   * Stores what groups with history hold in the state store alone, if the tables outlive this run.
   * Their functions must have ended.
   *
   * @throws dev.freshet.state.StateStoreException if an entity cannot be stored
   */
  void storeRest(Collection<FeatureGroup> groups, String stateStoreUrl, Clock clock) {
    if (tables.isEmpty() || !outlivesThisRun()) {
      return;
    }
    Settings settings = Settings.ofEnvironment();
    try (DynamoDbClient client = DynamoDbTables.connect(endpoint().orElseThrow());
        Redis state = Redis.at(stateStoreUrl, ANSWER_TIMEOUT)) {
      for (FeatureGroup group : groups.stream().filter(FeatureGroup::hasHistory).toList()) {
        Archive archive = new DynamoDbArchive(client, settings.historyTable(), group, Metrics.NONE);
        HistoryFlush.run(group, state, archive, settings, clock);
      }
    }
  }

  private boolean outlivesThisRun() {
    return options.history().data().isPresent() || options.history().endpoint().isPresent();
  }

  private void run(Optional<Path> data) {
    Optional<URI> given = options.history().endpoint();
    if (given.isEmpty()) {
      emulator =
          DynamoDbEmulator.start(
              options.history().port(),
              "--dynamodb-port",
              options.root(),
              options.workFolder(),
              data);
    }
    URI endpoint = given.orElseGet(() -> emulator.endpoint());
    try (DynamoDbClient client = DynamoDbTables.connect(endpoint)) {
      tables.forEach(table -> DynamoDbTables.create(client, table));
    } catch (SdkException e) {
      close();
      throw new IllegalStateException(
          "DynamoDB at %s: %s; check --dynamodb-endpoint".formatted(endpoint, e.getMessage()), e);
    }
  }

  /** Fails before the warm-up, which takes seconds. */
  private static void requireFolder(Path folder) {
    try {
      Files.createDirectories(folder);
      Files.delete(Files.createTempFile(folder, "writable", ""));
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s cannot be written (%s): choose another folder with --data".formatted(folder, e), e);
    }
  }

  @Override
  public void close() {
    if (emulator != null) {
      emulator.close();
    }
  }
}
