package dev.freshet.cli.option;

import dev.freshet.local.platform.PlatformOptions;
import dev.freshet.redis.Redis;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The state store that a command uses. */
public final class StateStoreOption {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  @Option(
      names = "--state-store",
      paramLabel = "URL",
      defaultValue =
          "${env:STATE_STORE_URL:-redis://127.0.0.1:" + PlatformOptions.STATE_STORE_PORT + "}",
      description = "the state store (default: STATE_STORE_URL or the local one)")
  private String url;

  /** Returns a connection, which opens on first use. */
  public Redis connect() {
    return Redis.at(url, ANSWER_TIMEOUT);
  }
}
