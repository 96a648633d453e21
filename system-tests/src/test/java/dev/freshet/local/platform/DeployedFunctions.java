package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.aws.emulator.process.StateMachineRunner;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.definition.Catalogue;
import dev.freshet.runtime.process.FunctionProcess;
import dev.freshet.runtime.process.Launch;
import dev.freshet.runtime.process.TaskRoots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * The functions of the packaged service, each started in its own process, and their servers: Redis,
 * streams, and the state machine, which calls the recalculation in its process.
 */
final class DeployedFunctions implements AutoCloseable {

  static final AwsAccount ACCOUNT = new AwsAccount(LocalKinesis.REGION, "000000000000");
  static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  /** The answer of the watchdog if no group failed. */
  static final String WATCHED_ALL =
      "\"watched %d feature groups\"".formatted(Catalogue.load().groupsMovedByTime().size());

  private static final String RECALCULATION = "recalculation";

  private final DeployedTemplate template = template();
  private final Path folder;
  private final TaskRoots taskRoots;
  private final LocalServers servers;
  private final LocalHistory history;
  private final StateMachineRunner stateMachines;
  private final KinesisClient kinesis;
  private FunctionProcess recalculation;
  private int started;

  /**
   * Starts all but the functions.
   *
   * @param folder for unpacked artifacts and logs
   */
  DeployedFunctions(Path folder) throws IOException {
    this.folder = folder;
    this.taskRoots =
        TaskRoots.unpack(
            template.functions().stream()
                .map(FunctionDefinition::artifact)
                .collect(Collectors.toSet()),
            folder);
    PlatformOptions options = TestPlatform.options(ROOT);
    servers = TestServers.start(options);
    history = LocalHistory.start(options, template.tables());
    String recalculation = named(RECALCULATION).name();
    stateMachines =
        StateMachineRunner.start(
            template.stateMachines(),
            Map.of(recalculation, (event, id) -> recalculation().invoke(event, id)),
            options.root(),
            options.workFolder());
    kinesis = LocalKinesis.connect(servers.kinesis().endpoint());
    LocalKinesis.create(kinesis, template.streams());
  }

  /** Those that the tests of this JVM share; they go with it. */
  static DeployedFunctions shared() {
    return Shared.FUNCTIONS;
  }

  /** What is deployed. */
  static DeployedTemplate template() {
    return DeployedTemplate.read(ROOT.resolve(".serverless"));
  }

  /** A function by its name in {@code serverless.yml}. */
  FunctionDefinition named(String name) {
    return template.functions().stream()
        .filter(function -> function.name().endsWith("-" + name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no such function: " + name));
  }

  /** A new process of a function, which may not be ready yet; the caller stops it. */
  FunctionProcess start(FunctionDefinition function) {
    return start(function, Map.of());
  }

  /**
   * A new process of a function, which may not be ready yet; the caller stops it.
   *
   * @param environment variables that go before those which the function has here
   */
  FunctionProcess start(FunctionDefinition function, Map<String, String> environment) {
    return start(function, environment, Launch.MANAGED);
  }

  /** Starts a new process in another way. */
  synchronized FunctionProcess start(
      FunctionDefinition function, Map<String, String> environment, Launch launch) {
    try {
      return FunctionProcess.start(
          function,
          ACCOUNT,
          with(environment),
          launch,
          taskRoots.of(function.artifact()),
          folder.resolve(function.name() + "-" + started++));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Where the classes of a function are. */
  Path taskRootOf(FunctionDefinition function) {
    return taskRoots.of(function.artifact());
  }

  /** The streams that a function reads. */
  List<String> streamsOf(FunctionDefinition function) {
    return template.mappings().stream()
        .filter(mapping -> mapping.function().equals(function.name()))
        .map(mapping -> mapping.stream())
        .toList();
  }

  /** A reader of what functions put into a stream. */
  StreamReader reader(String stream) {
    return new StreamReader(kinesis, stream);
  }

  String stateStoreUrl() {
    return servers.stateStore().url();
  }

  URI kinesis() {
    return servers.kinesis().endpoint();
  }

  URI stateMachines() {
    return stateMachines.endpoint();
  }

  String featureStoreUrl() {
    return servers.featureStore().url();
  }

  /** Returns the history of executions since the last {@link #forgetAll}. */
  StateMachineCounters executions() {
    return stateMachines.counters();
  }

  /** Removes the state and the due keys; streams stay. */
  void forgetAll() {
    stateMachines.stopAll();
    servers.stateStore().clear();
    servers.featureStore().clear();
  }

  @Override
  public synchronized void close() {
    stateMachines.close();
    if (recalculation != null) {
      recalculation.close();
    }
    Closing.all(List.of(kinesis, servers, history));
  }

  private synchronized FunctionProcess recalculation() {
    if (recalculation == null) {
      recalculation = start(named(RECALCULATION));
    }
    return recalculation;
  }

  private Map<String, String> with(Map<String, String> environment) {
    Map<String, String> variables =
        new HashMap<>(
            Map.of(
                "STATE_STORE_URL", servers.stateStore().url(),
                "FEATURE_STORE_URL", servers.featureStore().url(),
                "AWS_ENDPOINT_URL_KINESIS", servers.kinesis().endpoint().toString(),
                "AWS_ENDPOINT_URL_SFN", stateMachines.endpoint().toString()));
    history.endpoint().ifPresent(url -> variables.put("AWS_ENDPOINT_URL_DYNAMODB", url.toString()));
    variables.putAll(environment);
    return variables;
  }

  private static final class Shared {
    static final DeployedFunctions FUNCTIONS = start();

    private static DeployedFunctions start() {
      try {
        Path target = Files.createDirectories(Path.of("target").toAbsolutePath());
        DeployedFunctions functions =
            new DeployedFunctions(Files.createTempDirectory(target, "functions"));
        Runtime.getRuntime().addShutdownHook(new Thread(functions::close));
        return functions;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
