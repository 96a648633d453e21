package dev.freshet.cli.command;

import dev.freshet.cli.option.KinesisOptions;
import dev.freshet.console.ConsoleServer;
import dev.freshet.console.ProjectFolders;
import dev.freshet.console.StageConsole;
import dev.freshet.featurestore.client.FeatureStoreReader;
import dev.freshet.local.platform.LocalAws;
import dev.freshet.redis.Redis;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.sfn.SfnClient;

/** {@code freshet console}: shows a deployed stage in a browser. */
@Command(
    name = "console",
    mixinStandardHelpOptions = true,
    description = {
      "Shows a deployed stage in a browser of this machine, and changes nothing there.",
      "Reads Kinesis, CloudWatch, Step Functions and Redis; functions and feature groups are those"
          + " of this checkout. Region and credentials are those of the environment."
    })
public final class ConsoleCommand implements Callable<Integer> {

  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(2);
  private static final Duration SAMPLE_TIMEOUT = Duration.ofSeconds(10);

  private final ProjectFolders folders;
  private final Clock clock;

  @Spec private CommandSpec spec;

  @Option(names = "--stage", paramLabel = "NAME", required = true, description = "such as prod")
  private String stage;

  @Option(
      names = "--stream-prefix",
      paramLabel = "PREFIX",
      description = "what the names of its streams start with (default: NAME-)")
  private Optional<String> streamPrefix = Optional.empty();

  @Option(
      names = "--feature-store",
      paramLabel = "URL",
      defaultValue = "${env:FEATURE_STORE_URL}",
      description = "its feature store (default: FEATURE_STORE_URL; without one, no values)")
  private Optional<String> featureStore = Optional.empty();

  @Option(
      names = "--state-store",
      paramLabel = "URL",
      defaultValue = "${env:STATE_STORE_URL}",
      description = "its state store (default: STATE_STORE_URL; without one, not what waits)")
  private Optional<String> stateStore = Optional.empty();

  @Option(
      names = "--console-port",
      paramLabel = "P",
      defaultValue = "" + ConsoleServer.PORT,
      description = "port of the console (default: ${DEFAULT-VALUE})")
  private int consolePort;

  @Option(
      names = "--endpoint",
      paramLabel = "URL",
      description = "a Kinesis of this machine, which takes any credentials")
  private URI kinesisEndpoint;

  @Option(
      names = "--cloudwatch-endpoint",
      paramLabel = "URL",
      description = "a CloudWatch that takes any credentials")
  private URI cloudWatchEndpoint;

  @Option(
      names = "--step-functions-endpoint",
      paramLabel = "URL",
      description = "a Step Functions that takes any credentials")
  private URI stepFunctionsEndpoint;

  /**
   * @param root the project's root
   * @param service the folder of the packaged service
   */
  public ConsoleCommand(Path root, Path service, Clock clock) {
    this.folders = new ProjectFolders(root, service);
    this.clock = clock;
  }

  @Override
  public Integer call() throws InterruptedException {
    CountDownLatch forever = new CountDownLatch(1);
    try (StageConsole console =
        new StageConsole(
            folders, consolePort, stage, streamPrefix.orElse(stage + "-"), sources(), clock)) {
      spec.commandLine().getOut().println("console        " + console.address());
      spec.commandLine().getOut().println("ready");
      spec.commandLine().getOut().flush();
      forever.await();
    }
    return 0;
  }

  private StageConsole.Sources sources() {
    try {
      return new StageConsole.Sources(
          LocalAws.client(KinesisClient.builder(), kinesisEndpoint),
          LocalAws.client(CloudWatchClient.builder(), cloudWatchEndpoint),
          LocalAws.client(SfnClient.builder(), stepFunctionsEndpoint),
          named(featureStore).map(FeatureStoreReader::connect),
          named(featureStore).map(url -> Redis.at(url, SAMPLE_TIMEOUT)),
          named(stateStore).map(url -> Redis.at(url, ANSWER_TIMEOUT)));
    } catch (SdkClientException e) {
      throw new IllegalStateException(
          "AWS: %s; name a region with AWS_REGION".formatted(KinesisOptions.reason(e)), e);
    }
  }

  private static Optional<String> named(Optional<String> url) {
    return url.filter(each -> !each.isBlank());
  }
}
