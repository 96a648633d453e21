package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.Artifacts;
import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.function.JarFunction;
import dev.freshet.aws.emulator.function.Schedules;
import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.aws.emulator.process.StateMachineRunner;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.ledger.LedgerReport;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * All parts of {@code serverless.yml} on one machine: streams in the Kinesis emulator, functions of
 * the deployed jars, mappings, state machines and schedules, two Redis servers, and DynamoDB if a
 * feature group has history.
 */
public final class Platform implements AutoCloseable {

  private static final AwsAccount ACCOUNT = new AwsAccount(LocalKinesis.REGION, "000000000000");

  private final LocalServers servers;
  private final LocalHistory history;
  private final KinesisClient kinesis;
  private final StateMachineRunner stateMachines;
  private final LocalMappings mappings;
  private final LocalLedger ledger;
  private final Schedules schedules;
  private final InstantSource time;

  private Platform(
      LocalServers servers,
      LocalHistory history,
      KinesisClient kinesis,
      StateMachineRunner stateMachines,
      LocalMappings mappings,
      Schedules schedules,
      InstantSource time) {
    this.servers = servers;
    this.history = history;
    this.kinesis = kinesis;
    this.stateMachines = stateMachines;
    this.mappings = mappings;
    this.ledger = new LocalLedger(servers, mappings, time);
    this.schedules = schedules;
    this.time = time;
  }

  /**
   * Starts all parts and returns when they are ready.
   *
   * @throws IllegalStateException if a part cannot be started; all others are stopped then
   */
  public static Platform start(PlatformOptions options, InstantSource time) {
    return start(options, time, LocalServers::start, true);
  }

  /**
   * @param isWarm whether the functions have been called before; else the first events wait for
   *     them
   */
  static Platform start(
      PlatformOptions options,
      InstantSource time,
      Function<PlatformOptions, LocalServers> start,
      boolean isWarm) {
    DeployedTemplate template = DeployedTemplate.read(options.packagedService());
    Map<String, FunctionInvoker> functions = load(template.functions(), time);
    LocalServers servers = start.apply(options);
    List<AutoCloseable> started = new ArrayList<>(List.of(servers));
    try {
      StateMachineRunner stateMachines =
          StateMachineRunner.start(
              template.stateMachines(), functions, options.root(), options.workFolder());
      started.add(0, stateMachines);
      LocalHistory history = LocalHistory.start(options, template.tables());
      started.add(0, history);
      setEnvironment(options, template.functions(), servers, history, stateMachines.endpoint());
      KinesisClient kinesis = LocalKinesis.connect(servers.kinesis().endpoint());
      if (isWarm && history.isWarmUpForgotten()) {
        WarmUp.run(template, functions, kinesis, servers, stateMachines, ACCOUNT, time);
      }
      history.endWarmUp();
      return new Platform(
          servers,
          history,
          kinesis,
          stateMachines,
          LocalMappings.start(template, functions, kinesis, ACCOUNT, time),
          Schedules.start(template.schedules(), functions, ACCOUNT, time),
          time);
    } catch (RuntimeException e) {
      Closing.all(started);
      throw e;
    }
  }

  /**
   * Sets the environment of the functions. They run in this process, which cannot change its
   * environment variables, so it sets system properties of the same names and those of the AWS SDK.
   */
  private static void setEnvironment(
      PlatformOptions options,
      List<FunctionDefinition> functions,
      LocalServers servers,
      LocalHistory history,
      URI stateMachines) {
    System.setProperty("FEATURE_STORE_WRITES", options.direct() ? "direct" : "stream");
    functions.forEach(function -> function.environment().forEach(System::setProperty));
    System.setProperty("STATE_STORE_URL", servers.stateStore().url());
    System.setProperty("FEATURE_STORE_URL", servers.featureStore().url());
    System.setProperty("LOG_LEVEL", "WARN");
    System.setProperty("LOG_FORMAT", "text");
    System.setProperty("LIBRARY_LOG_LEVEL", "ERROR");
    System.setProperty("aws.region", LocalKinesis.REGION);
    System.setProperty("aws.accessKeyId", "local");
    System.setProperty("aws.secretAccessKey", "local");
    System.setProperty("aws.cborEnabled", "false"); // the emulator is quicker with JSON
    System.setProperty("aws.endpointUrlKinesis", servers.kinesis().endpoint().toString());
    System.setProperty("aws.endpointUrlSfn", stateMachines.toString());
    history
        .endpoint()
        .ifPresent(url -> System.setProperty("aws.endpointUrlDynamoDb", url.toString()));
  }

  private static Map<String, FunctionInvoker> load(
      List<FunctionDefinition> definitions, InstantSource time) {
    Artifacts artifacts = new Artifacts();
    return definitions.stream()
        .collect(
            Collectors.toMap(
                FunctionDefinition::name,
                function ->
                    new JarFunction(
                        function, artifacts.loaderOf(function.artifact()), ACCOUNT, time)));
  }

  /** Returns the names of the streams. */
  public Set<String> streams() {
    return mappings.streams();
  }

  /** Returns whether the functions write the feature store themselves. */
  public boolean isDirect() {
    return mappings.isDirect();
  }

  /** Returns the counters since the start. */
  public PlatformCounters counters() {
    return mappings.counters(ledger.judgements());
  }

  /** Returns what came into the functions and where it went, and whether that adds up. */
  public LedgerReport ledger() {
    return ledger.read();
  }

  /** Returns the same when no more events are put, and nothing of them is on its way. */
  public LedgerReport ledgerAtRest() {
    return ledger.readAtRest();
  }

  /** Returns what each mapping has given to its function since the start. */
  public List<MappingCounts> invocations() {
    return mappings.invocations();
  }

  /** Returns the items written to DynamoDB since the start; empty if this is not known. */
  public OptionalLong historyWrites() {
    return history.writes();
  }

  /** Returns what the mappings have done since the start. */
  public List<MappingFlow> mappings() {
    return mappings.progress().flows();
  }

  /** Returns the counters of the state machines since the start. */
  public StateMachineCounters stateMachineCounters() {
    return stateMachines.counters();
  }

  /** Returns whether the functions have processed every event that was put before an instant. */
  public boolean haveDoneEventsOf(Instant put) {
    return mappings.progress().haveDoneEventsOf(put);
  }

  /** Returns whether every result and dead letter published before an instant has arrived. */
  public boolean haveStoredResultsOf(Instant published) {
    return mappings.progress().haveStoredResultsOf(published);
  }

  /** Returns the fault that ended a mapping, if one did. */
  public Optional<Throwable> failure() {
    return mappings.progress().failure();
  }

  public URI kinesisEndpoint() {
    return servers.kinesis().endpoint();
  }

  /** Returns the address of Step Functions, for {@code AWS_ENDPOINT_URL_SFN}. */
  public URI stateMachineEndpoint() {
    return stateMachines.endpoint();
  }

  /** Returns the address of DynamoDB; empty if no feature group has history. */
  public Optional<URI> historyEndpoint() {
    return history.endpoint();
  }

  public String featureStoreUrl() {
    return servers.featureStore().url();
  }

  public String stateStoreUrl() {
    return servers.stateStore().url();
  }

  /** Ends the functions, stores the history that only Redis has, and then stops the servers. */
  @Override
  public void close() {
    Closing.all(List.of(schedules, mappings, stateMachines));
    try {
      history.storeRest(mappings.groups(), stateStoreUrl(), time.withZone(ZoneOffset.UTC));
    } finally {
      Closing.all(List.of(ledger, kinesis, servers, history));
    }
  }
}
