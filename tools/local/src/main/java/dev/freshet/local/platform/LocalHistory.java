package dev.freshet.local.platform;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

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
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** The DynamoDB of the platform, with the tables of the template; nothing if it has no table. */
final class LocalHistory implements AutoCloseable {

  private static final String FOLDER = "dynamodb";
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final PlatformOptions options;
  private final List<TableDefinition> tables;
  private FileChannel lock;
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
   *     or the folder for the tables is in use or cannot be written
   */
  static LocalHistory start(PlatformOptions options, List<TableDefinition> tables) {
    LocalHistory history = new LocalHistory(options, tables);
    if (!tables.isEmpty()) {
      history.lock = options.history().data().map(LocalHistory::lock).orElse(null);
      try {
        history.run(Optional.empty());
      } catch (RuntimeException e) {
        history.close();
        throw e;
      }
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
   * Returns whether a warm-up can be undone by {@link #endWarmUp}: not at a given endpoint, and not
   * over tables of an earlier run, as functions would go on with the younger declarations of the
   * warm-up.
   */
  boolean isWarmUpForgotten() {
    boolean isKept =
        options.history().endpoint().isPresent()
            || options.history().data().filter(LocalHistory::hasTables).isPresent();
    return tables.isEmpty() || !isKept;
  }

  private static boolean hasTables(Path folder) {
    return Files.exists(folder.resolve(FOLDER).resolve("CURRENT"));
  }

  /**
   * Replaces the tables of the warm-up by empty ones, or those of the folder.
   *
   * @throws IllegalStateException if the emulator cannot be started
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

  /** Returns the items written since the warm-up; empty without an emulator. */
  OptionalLong writes() {
    return emulator == null ? OptionalLong.empty() : OptionalLong.of(emulator.writes());
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
      throw new IllegalStateException(
          given.isEmpty() && data.isPresent()
              ? "%s cannot be used: %s; choose another folder with --data"
                  .formatted(data.get(), emulator.process().endOfLog())
              : "DynamoDB at %s: %s; check --dynamodb-endpoint".formatted(endpoint, e.getMessage()),
          e);
    }
  }

  /** Takes a folder for this run: before the warm-up, which takes seconds. */
  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      FileChannel file = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
      if (!isTaken(file)) {
        return file;
      }
      file.close();
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s cannot be written (%s): choose another folder with --data".formatted(folder, e), e);
    }
    throw new IllegalStateException(
        folder + " is in use by another run: stop it, or choose another folder with --data");
  }

  private static boolean isTaken(FileChannel file) throws IOException {
    try {
      return file.tryLock() == null;
    } catch (OverlappingFileLockException byThisProcess) {
      return true;
    }
  }

  @Override
  public void close() {
    if (emulator != null) {
      emulator.close();
    }
    if (lock != null) {
      Closing.all(List.of(lock));
    }
  }
}
