package dev.freshet.local.platform;

import java.nio.file.Path;

/**
 * Where the platform runs.
 *
 * @param root the project's root
 * @param kinesisPort the port of the Kinesis API
 * @param featureStorePort the port of the feature store
 * @param stateStorePort the port of the state store
 */
public record PlatformOptions(
    Path root, int kinesisPort, int featureStorePort, int stateStorePort) {

  public static final int KINESIS_PORT = 4567;
  public static final int FEATURE_STORE_PORT = 6391;
  public static final int STATE_STORE_PORT = 6390;

  /** What {@code serverless package} wrote. */
  Path packagedService() {
    return root.resolve(".serverless");
  }

  /** Logs and working folders; apart for platforms that run side by side. */
  Path workFolder() {
    return root.resolve(".freshet").resolve("local-" + kinesisPort);
  }
}
