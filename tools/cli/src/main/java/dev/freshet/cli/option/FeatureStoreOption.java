package dev.freshet.cli.option;

import dev.freshet.local.platform.PlatformOptions;
import dev.freshet.redis.Redis;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The feature store that a command uses. */
public final class FeatureStoreOption {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--feature-store",
      paramLabel = "URL",
      defaultValue =
          "${env:FEATURE_STORE_URL:-redis://127.0.0.1:" + PlatformOptions.FEATURE_STORE_PORT + "}",
      description = "the feature store (default: FEATURE_STORE_URL or the local one)")
  private String url;

  /** Returns a connection, which opens on first use. */
  public Redis connect() {
    return Redis.at(url, ANSWER_TIMEOUT);
  }
}
