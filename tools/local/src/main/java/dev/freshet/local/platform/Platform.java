package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.Artifacts;
import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.function.JarFunction;
import dev.freshet.aws.emulator.process.StateMachineCounters;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Everything of {@code serverless.yml} on one machine: its streams in the Kinesis emulator, its
 * functions out of their jars, its mappings, state machines and schedules, and two Redis servers.
 */
public final class Platform implements AutoCloseable {

  private static final AwsAccount ACCOUNT =
      new AwsAccount(FunctionEnvironment.REGION, "000000000000");

  private final Servers servers;
  private final KinesisClient kinesis;
  private final StateMachines stateMachines;
  private final Traffic traffic;
  private final Schedules schedules;

  private Platform(
      Servers servers,
      KinesisClient kinesis,
      StateMachines stateMachines,
      Traffic traffic,
      Schedules schedules) {
    this.servers = servers;
    this.kinesis = kinesis;
    this.stateMachines = stateMachines;
    this.traffic = traffic;
    this.schedules = schedules;
  }

  /**
   * Starts everything and returns when all is ready.
   *
   * @throws dev.freshet.aws.emulator.process.StartupException if a part cannot be started; nothing
   *     is left running then
   */
  public static Platform start(PlatformOptions options, InstantSource time) {
    return start(options, time, Servers::start);
  }

  static Platform start(
      PlatformOptions options, InstantSource time, Function<PlatformOptions, Servers> start) {
    DeployedTemplate template = DeployedTemplate.read(options.packagedService());
    Map<String, FunctionInvoker> functions = load(template.functions(), time);
    Servers servers = start.apply(options);
    try {
      StateMachines stateMachines = StateMachines.start(template, functions, options);
      try {
        return start(template, functions, servers, stateMachines, time);
      } catch (RuntimeException e) {
        stateMachines.close();
        throw e;
      }
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  private static Platform start(
      DeployedTemplate template,
      Map<String, FunctionInvoker> functions,
      Servers servers,
      StateMachines stateMachines,
      InstantSource time) {
    FunctionEnvironment.set(template.functions(), servers, stateMachines.endpoint());
    KinesisClient kinesis = LocalKinesis.connect(servers.kinesis().endpoint());
    Rehearsal.run(template, functions, kinesis, servers, stateMachines, ACCOUNT, time);
    return new Platform(
        servers,
        kinesis,
        stateMachines,
        Traffic.start(template, functions, kinesis, ACCOUNT, time),
        Schedules.start(template.schedules(), functions, ACCOUNT, time));
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

  /** The names of its streams. */
  public Set<String> streams() {
    return traffic.streams();
  }

  /** The figures since the start. */
  public Figures figures() {
    return traffic.figures();
  }

  /** What the state machines have done since the start. */
  public StateMachineCounters stateMachineCounters() {
    return stateMachines.counters();
  }

  /** Whether every function has done every event that was put before an instant. */
  public boolean haveDoneEventsOf(Instant put) {
    return traffic.haveDoneEventsOf(put);
  }

  /** Whether every result and dead letter that was published before an instant has arrived. */
  public boolean haveStoredResultsOf(Instant published) {
    return traffic.haveStoredResultsOf(published);
  }

  /** A fault that ended one of the mappings for good. */
  public Optional<Throwable> failure() {
    return traffic.failure();
  }

  public URI kinesisEndpoint() {
    return servers.kinesis().endpoint();
  }

  /** Where the API of Step Functions is, for {@code AWS_ENDPOINT_URL_SFN}. */
  public URI stateMachineEndpoint() {
    return stateMachines.endpoint();
  }

  public String featureStoreUrl() {
    return servers.featureStore().url();
  }

  public String stateStoreUrl() {
    return servers.stateStore().url();
  }

  @Override
  public void close() {
    Closing.all(List.of(schedules, traffic, stateMachines, kinesis, servers));
  }
}
