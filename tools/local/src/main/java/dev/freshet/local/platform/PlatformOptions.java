package dev.freshet.local.platform;

import java.nio.file.Path;

/**
 * The folders and ports of the platform.
 *
 * @param root the project's root
 * @param service the folder of the catalogue, with its packaged service: the root, or another
 * @param kinesisPort the port of the Kinesis API
 * @param featureStorePort the port of the feature store
 * @param stateStorePort the port of the state store
 */
public record PlatformOptions(
    Path root, Path service, int kinesisPort, int featureStorePort, int stateStorePort) {

  public static final int KINESIS_PORT = 4567;
  public static final int FEATURE_STORE_PORT = 6391;
  public static final int STATE_STORE_PORT = 6390;

  /** Returns the output folder of {@code serverless package}. */
  Path packagedService() {
    return service.resolve(".serverless");
  }

  /** Returns the folder of logs and working folders; another for each Kinesis port. */
  Path workFolder() {
    return root.resolve(".freshet").resolve("local-" + kinesisPort);
  }
}
