package dev.freshet.cli.local;

import dev.freshet.console.ConsoleServer;
import dev.freshet.console.LocalConsole;
import dev.freshet.console.ProjectFolders;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.local.platform.DeployedGroups;
import dev.freshet.local.platform.Platform;
import dev.freshet.local.platform.PlatformOptions;
import dev.freshet.operations.events.EventFile;
import dev.freshet.operations.events.EventStreams;
import dev.freshet.operations.rebuild.GroupStreams;
import dev.freshet.replay.events.EventSource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code freshet local}: runs the whole platform on this machine. */
@Command(
    name = "local",
    mixinStandardHelpOptions = true,
    description = {
      "Runs the whole platform on this machine: real Redis, a Kinesis emulator, every function and"
          + " mapping of serverless.yml, and a simulated city.",
      "Prints the endpoints, then 'ready'; stop it with Ctrl-C."
    })
public final class LocalCommand implements Callable<Integer> {

  private final Path root;
  private final Path service;
  private final InstantSource time;

  @Spec private CommandSpec spec;

  @Option(
      names = "--events",
      paramLabel = "FILE",
      description =
          "put these events (JSON objects, optionally gzipped) into their streams;"
              + " STREAM=FILE if the stream says the type of its events")
  private Optional<String> events = Optional.empty();

  @Option(
      names = "--shift-to-now",
      description =
          "add one offset to every time of the file: its newest plausible event happens now")
  private boolean shiftToNow;

  @Option(names = "--no-simulator", description = "no simulated city")
  private boolean noSimulator;

  @Option(
      names = "--orders-per-minute",
      paramLabel = "N",
      defaultValue = "600",
      description = "orders of the simulated city (default: ${DEFAULT-VALUE})")
  private int ordersPerMinute;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "seed of the simulated city (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      description =
          "stop after so long, such as 60s or 5m; counted from when all of --events is processed")
  private Optional<Duration> duration = Optional.empty();

  @Option(
      names = "--direct",
      description = "the functions write the feature store themselves, without a subscriber")
  private boolean direct;

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

  @Option(
      names = "--console-port",
      paramLabel = "P",
      description =
          "port of the console for a browser, and of the counters (default: "
              + ConsoleServer.PORT
              + ", or another if it is in use)")
  private Optional<Integer> consolePort = Optional.empty();

  @Option(
      names = "--dynamodb-port",
      paramLabel = "P",
      defaultValue = "" + PlatformOptions.DYNAMODB_PORT,
      description = "port of DynamoDB, for feature groups with history (default: ${DEFAULT-VALUE})")
  private int dynamodbPort;

  @Option(
      names = "--dynamodb-endpoint",
      paramLabel = "URL",
      description = "a DynamoDB that takes any credentials, instead of the emulator")
  private Optional<URI> dynamodbEndpoint = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "keep the history of entities in this folder, for the next run with it")
  private Optional<Path> data = Optional.empty();

  /**
   * @param root the project's root
   * @param service the folder of the packaged service
   */
  public LocalCommand(Path root, Path service, InstantSource time) {
    this.root = root;
    this.service = service;
    this.time = time;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    checkUsage();
    List<FeatureGroup> groups =
        DeployedGroups.of(service, Catalogue.load()).stream().map(GroupStreams::group).toList();
    Optional<EventFile> file = events.map(argument -> eventFile(argument, groups));
    file.ifPresent(EventFile::requireReadable);
    Console console =
        new Console(
            spec.commandLine().getOut(),
            spec.commandLine().getErr(),
            Boolean.getBoolean("freshet.terminal"));
    try (Stop stop = new Stop();
        Platform platform = Platform.start(options(), time);
        LocalConsole browser = startConsole(platform)) {
      stop.waitForClose();
      if (data.isPresent() && platform.historyEndpoint().isEmpty()) {
        console.warn("--data keeps nothing: no feature group has history");
      }
      console.endpoints(platform, browser.address());
      new LocalRun(platform, workload(file, groups), stop, time, console).run(duration);
    }
    return 0;
  }

  private void checkUsage() {
    checkPorts();
    if (ordersPerMinute < 1) {
      throw new ParameterException(
          spec.commandLine(), "--orders-per-minute must be at least 1: " + ordersPerMinute);
    }
    if (shiftToNow && events.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "--shift-to-now goes with --events");
    }
    if (data.filter(folder -> folder.toString().isEmpty()).isPresent()) {
      throw new ParameterException(spec.commandLine(), "--data needs a folder");
    }
    if (data.isPresent() && dynamodbEndpoint.isPresent()) {
      throw new ParameterException(
          spec.commandLine(), "--data and --dynamodb-endpoint exclude each other");
    }
  }

  private void checkPorts() {
    requirePort("--kinesis-port", kinesisPort);
    requirePort("--feature-store-port", featureStorePort);
    requirePort("--state-store-port", stateStorePort);
    requirePort("--dynamodb-port", dynamodbPort);
    consolePort.ifPresent(port -> requirePort("--console-port", port));
  }

  private void requirePort(String option, int port) {
    if (port < 1 || port > 65_535) {
      throw new ParameterException(
          spec.commandLine(), "%s must be 1 to 65535: %d".formatted(option, port));
    }
  }

  private LocalConsole startConsole(Platform platform) {
    ProjectFolders folders = new ProjectFolders(root, service);
    if (consolePort.isPresent()) {
      return new LocalConsole(folders, consolePort.get(), platform, time);
    }
    try {
      return new LocalConsole(folders, ConsoleServer.PORT, platform, time);
    } catch (IllegalStateException inUse) {
      return new LocalConsole(folders, 0, platform, time);
    }
  }

  private PlatformOptions options() {
    return new PlatformOptions(
        root,
        service,
        kinesisPort,
        featureStorePort,
        stateStorePort,
        new PlatformOptions.History(dynamodbPort, dynamodbEndpoint, data),
        direct);
  }

  /** Opens a file of events; the deployed groups declare the streams of their types. */
  private static EventFile eventFile(String argument, List<FeatureGroup> groups) {
    EventStreams streams = EventStreams.of(groups);
    return new EventFile(EventSource.parse(argument, streams.types()), streams);
  }

  private LocalRun.Workload workload(Optional<EventFile> file, List<FeatureGroup> groups) {
    return new LocalRun.Workload(
        file,
        groups,
        shiftToNow,
        noSimulator ? Optional.empty() : Optional.of(ordersPerMinute),
        seed);
  }
}
