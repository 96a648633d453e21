package dev.freshet.cli.local;

import dev.freshet.local.platform.PlatformOptions;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The ports of the servers of a local platform. */
final class PortOptions {

  @Option(
      names = "--kinesis-port",
      paramLabel = "P",
      defaultValue = "" + PlatformOptions.KINESIS_PORT,
      description = "port of the Kinesis API (default: ${DEFAULT-VALUE})")
  private int kinesisPort;

  @Option(
      names = "--feature-store-port",
      paramLabel = "P",
      defaultValue = "" + PlatformOptions.FEATURE_STORE_PORT,
      description = "port of the feature store (default: ${DEFAULT-VALUE})")
  private int featureStorePort;

  @Option(
      names = "--state-store-port",
      paramLabel = "P",
      defaultValue = "" + PlatformOptions.STATE_STORE_PORT,
      description = "port of the state store (default: ${DEFAULT-VALUE})")
  private int stateStorePort;

  PlatformOptions at(Path root) {
    return new PlatformOptions(root, kinesisPort, featureStorePort, stateStorePort);
  }
}
