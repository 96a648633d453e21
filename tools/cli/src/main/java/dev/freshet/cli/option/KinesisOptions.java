package dev.freshet.cli.option;

import dev.freshet.local.platform.LocalKinesis;
import java.net.URI;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The Kinesis that a command reads and writes: AWS, or an emulator of this machine. */
public final class KinesisOptions {

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "a Kinesis of this machine, which takes any credentials")
  private URI endpoint;

  @Option(
      names = "--stream-prefix",
      paramLabel = "PREFIX",
      defaultValue = "",
      description = "what the names of the streams start with, such as prod-")
  private String streamPrefix;

  public String streamPrefix() {
    return streamPrefix;
  }

  public KinesisClient connect() {
    return LocalKinesis.connectOrAws(endpoint);
  }

  /** Returns an exception with a message of one line for a fault of Kinesis. */
  public IllegalStateException failure(SdkException fault) {
    return new IllegalStateException(
        "Kinesis%s: %s; check --endpoint, --stream-prefix, region and credentials"
            .formatted(endpoint == null ? "" : " at " + endpoint, reason(fault)),
        fault);
  }

  /** Returns what AWS's client says, without the list of classes that it asked for a setting. */
  public static String reason(SdkException fault) {
    return fault.getMessage().replaceFirst(" from any of the providers in the chain .*", "");
  }
}
