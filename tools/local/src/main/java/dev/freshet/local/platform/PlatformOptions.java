package dev.freshet.local.platform;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folders and ports of the platform.
 *
 * @param root the project's root
 * @param service the folder of the catalogue, with its packaged service: the root, or another
 * @param kinesisPort the port of the Kinesis API
 * @param featureStorePort the port of the feature store
 * @param stateStorePort the port of the state store
 * @param history the DynamoDB of feature groups with history
 * @param direct whether the functions write the feature store themselves, without a subscriber
 */
public record PlatformOptions(
    Path root,
    Path service,
    int kinesisPort,
    int featureStorePort,
    int stateStorePort,
    History history,
    boolean direct) {

  public static final int KINESIS_PORT = 4567;
  public static final int FEATURE_STORE_PORT = 6391;
  public static final int STATE_STORE_PORT = 6390;
  public static final int DYNAMODB_PORT = 4569;

  /**
   * The DynamoDB of the platform.
   *
   * @param port the port of the emulator
   * @param endpoint one to use instead of the emulator
   * @param data the folder of the emulator's tables; without it, they are in memory
   */
  public record History(int port, Optional<URI> endpoint, Optional<Path> data) {

    /** An emulator that forgets its tables when it ends. */
    public static History inMemory(int port) {
      return new History(port, Optional.empty(), Optional.empty());
    }
  }

  /** Returns the output folder of {@code serverless package}. */
  Path packagedService() {
    return service.resolve(".serverless");
  }

  /** Returns the folder of logs and working folders; another for each Kinesis port. */
  Path workFolder() {
    return root.resolve(".freshet").resolve("local-" + kinesisPort);
  }
}
