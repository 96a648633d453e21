package dev.freshet.local.platform;

import dev.freshet.local.function.Artifacts;
import dev.freshet.local.function.AwsAccount;
import dev.freshet.local.function.FunctionInvoker;
import dev.freshet.local.function.JarFunction;
import dev.freshet.local.mapping.EventSourceMapping;
import dev.freshet.local.mapping.FailureDestination;
import dev.freshet.local.mapping.KinesisStream;
import dev.freshet.local.template.DeployedTemplate;
import dev.freshet.local.template.FunctionDefinition;
import dev.freshet.local.template.MappingDefinition;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/**
 * Everything of {@code serverless.yml} on one machine: its streams in the Kinesis emulator, its
 * functions out of their jars, its mappings, and two Redis servers.
 */
public final class Platform implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);
  private static final String RESULTS_STREAM = "feature-results";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final AwsAccount ACCOUNT =
      new AwsAccount(FunctionEnvironment.REGION, "000000000000");
  private static final Duration FUNCTION_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final InstantSource time;
  private final Servers servers;
  private final KinesisClient kinesis;
  private final Artifacts artifacts = new Artifacts();
  private final FreshnessMeter freshness;
  private final Map<String, KinesisStream> streams = new LinkedHashMap<>();
  private final Map<String, FunctionInvoker> functions = new HashMap<>();
  private final Map<String, List<EventSourceMapping>> mappings = new LinkedHashMap<>();

  private Platform(InstantSource time, Servers servers) {
    this.time = time;
    this.servers = servers;
    this.freshness = new FreshnessMeter(time);
    this.kinesis = LocalKinesis.connect(servers.kinesis().endpoint());
  }

  /**
   * Starts everything and returns when all is ready.
   *
   * @throws dev.freshet.local.process.StartupException if a part cannot be started; nothing is left
   *     running then
   */
  public static Platform start(PlatformOptions options, InstantSource time) {
    DeployedTemplate template = DeployedTemplate.read(options.packagedService());
    Servers servers = Servers.start(options);
    FunctionEnvironment.set(template.functions(), servers);
    Platform platform = new Platform(time, servers);
    try {
      platform.deploy(template);
      return platform;
    } catch (RuntimeException e) {
      platform.close();
      throw e;
    }
  }

  private void deploy(DeployedTemplate template) {
    LocalKinesis.create(kinesis, template.streams());
    template.streams().forEach(stream -> streams.put(stream.name(), open(stream.name())));
    template.functions().forEach(function -> functions.put(function.name(), load(function)));
    Warmup.run(functions.values());
    template.mappings().forEach(definition -> map(definition, function(definition)));
    MappingDefinition counter = DeadLetterCount.mapping(DEAD_LETTERS);
    map(counter, DeadLetterCount.FUNCTION);
    mappings.values().forEach(each -> each.forEach(EventSourceMapping::start));
  }

  private KinesisStream open(String stream) {
    return KinesisStream.open(kinesis, stream, KinesisStream.DEFAULT_POLL_INTERVAL, time);
  }

  private JarFunction load(FunctionDefinition function) {
    return new JarFunction(
        function, artifacts.loaderOf(function.artifact()), ACCOUNT, FUNCTION_TIMEOUT, time);
  }

  /** What is stored into the feature store passes the freshness meter. */
  private FunctionInvoker function(MappingDefinition definition) {
    FunctionInvoker function = functions.get(definition.function());
    return definition.stream().equals(RESULTS_STREAM) ? freshness.around(function) : function;
  }

  private void map(MappingDefinition definition, FunctionInvoker function) {
    FailureDestination destination =
        (name, document) -> LOG.warn("a batch was given up: {}", document);
    mappings
        .computeIfAbsent(definition.stream(), unseen -> new ArrayList<>())
        .add(
            new EventSourceMapping(
                definition,
                streams.get(definition.stream()),
                function,
                destination,
                ACCOUNT,
                time,
                STOP_TIMEOUT));
  }

  /** The figures since the start. */
  public Figures figures() {
    long events =
        mappings.entrySet().stream()
            .filter(stream -> isBusiness(stream.getKey()))
            .mapToLong(stream -> slowest(stream.getValue()))
            .sum();
    return new Figures(
        events,
        slowest(mappings.get(RESULTS_STREAM)),
        slowest(mappings.get(DEAD_LETTERS)),
        freshness.read());
  }

  /** An event is processed when every function that reads its stream has done it. */
  private static long slowest(List<EventSourceMapping> readers) {
    return readers.stream()
        .mapToLong(each -> each.counters().recordsDone() + each.counters().recordsDiscarded())
        .min()
        .orElse(0);
  }

  /** Whether every function has done every event that was put before an instant. */
  public boolean haveDoneEventsOf(Instant put) {
    return mappings.entrySet().stream()
        .filter(stream -> isBusiness(stream.getKey()))
        .flatMap(stream -> stream.getValue().stream())
        .allMatch(mapping -> mapping.isCaughtUpWith(put));
  }

  /** Whether every result and dead letter that was published before an instant has arrived. */
  public boolean haveStoredResultsOf(Instant published) {
    return mappings.entrySet().stream()
        .filter(stream -> !isBusiness(stream.getKey()))
        .flatMap(stream -> stream.getValue().stream())
        .allMatch(mapping -> mapping.isCaughtUpWith(published));
  }

  private static boolean isBusiness(String stream) {
    return !stream.equals(RESULTS_STREAM) && !stream.equals(DEAD_LETTERS);
  }

  /** A fault that ended one of the mappings for good. */
  public Optional<Throwable> failure() {
    return mappings.values().stream()
        .flatMap(List::stream)
        .flatMap(mapping -> mapping.failure().stream())
        .findFirst();
  }

  public URI kinesisEndpoint() {
    return servers.kinesis().endpoint();
  }

  public String featureStoreUrl() {
    return servers.featureStore().url();
  }

  public String stateStoreUrl() {
    return servers.stateStore().url();
  }

  @Override
  public void close() {
    mappings.values().forEach(Closing::all);
    Closing.all(List.copyOf(streams.values()));
    Closing.all(List.of(kinesis, servers));
  }
}
