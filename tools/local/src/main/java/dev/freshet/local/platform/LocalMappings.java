package dev.freshet.local.platform;

import dev.freshet.aws.emulator.function.AwsAccount;
import dev.freshet.aws.emulator.function.FunctionInvoker;
import dev.freshet.aws.emulator.mapping.EventSourceMapping;
import dev.freshet.aws.emulator.stream.KinesisStream;
import dev.freshet.aws.emulator.template.DeployedTemplate;
import dev.freshet.aws.emulator.template.FunctionDefinition;
import dev.freshet.aws.emulator.template.MappingDefinition;
import dev.freshet.aws.emulator.template.StreamDefinition;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FunctionGroups;
import dev.freshet.runtime.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The running streams and mappings of a template. */
final class LocalMappings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalMappings.class);
  static final String RESULTS_STREAM = "feature-results";
  static final String DEAD_LETTERS = "dead-letters";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private static final String SUBSCRIBER = "dev.freshet.featurestore.FeatureStoreSubscriber";

  /** The end of the names of functions that only count. */
  static final String COUNT = "-count";

  private static final byte[] NO_FAILURE = "{}".getBytes(StandardCharsets.UTF_8);

  private final AwsAccount account;
  private final InstantSource time;
  private final boolean isDirect;
  private final FreshnessMeter freshness;
  private final InvocationMeter invocations = new InvocationMeter();
  private final Map<String, FunctionGroups> groups;
  private final Map<String, KinesisStream> streams = new LinkedHashMap<>();
  private final Map<String, List<EventSourceMapping>> mappings = new LinkedHashMap<>();
  private final MappingProgress progress;

  private LocalMappings(
      Map<String, FunctionGroups> groups,
      Settings settings,
      AwsAccount account,
      InstantSource time) {
    this.groups = groups;
    this.progress = new MappingProgress(mappings, groups);
    this.account = account;
    this.time = time;
    this.isDirect = settings.writesDirectly();
    this.freshness = new FreshnessMeter(time, isDirect);
  }

  /**
   * Creates the streams and starts every mapping.
   *
   * @param functions by name
   */
  static LocalMappings start(
      DeployedTemplate template,
      Map<String, FunctionInvoker> functions,
      KinesisClient kinesis,
      AwsAccount account,
      InstantSource time) {
    LocalKinesis.create(kinesis, template.streams());
    Settings settings = Settings.ofEnvironment();
    LocalMappings local =
        new LocalMappings(
            DeployedGroups.byFunction(template, Catalogue.load()), settings, account, time);
    for (StreamDefinition stream : template.streams()) {
      local.streams.put(
          stream.name(),
          new KinesisStream(kinesis, stream.name(), KinesisStream.DEFAULT_POLL_INTERVAL, time));
    }
    Set<String> stopped = settings.writesDirectly() ? subscribers(template) : Set.of();
    template.mappings().stream()
        .filter(each -> !stopped.contains(each.function()))
        .forEach(each -> local.map(each, functions.get(each.function())));
    if (local.streams.containsKey(DEAD_LETTERS)) {
      local.count(DEAD_LETTERS);
    }
    if (settings.writesDirectly()) {
      local.count(RESULTS_STREAM);
    }
    local.mappings.values().forEach(each -> each.forEach(EventSourceMapping::start));
    return local;
  }

  private static Set<String> subscribers(DeployedTemplate template) {
    return template.functions().stream()
        .filter(function -> function.handler().equals(SUBSCRIBER))
        .map(FunctionDefinition::name)
        .collect(Collectors.toSet());
  }

  /** Adds a mapping to a function that does nothing, for its counters. */
  private void count(String stream) {
    MappingDefinition counter =
        new MappingDefinition(
            stream + COUNT,
            stream,
            1_000,
            Duration.ZERO,
            1,
            false,
            -1,
            Optional.empty(),
            false,
            Optional.empty());
    map(counter, (event, requestId) -> NO_FAILURE);
  }

  /** Adds a mapping, with meters around its function. */
  private void map(MappingDefinition definition, FunctionInvoker function) {
    mappings
        .computeIfAbsent(definition.stream(), unseen -> new ArrayList<>())
        .add(
            new EventSourceMapping(
                definition,
                streams.get(definition.stream()),
                invocations.around(measured(definition, function), definition),
                (name, document) -> LOG.warn("a batch was given up: {}", document),
                account,
                time,
                STOP_TIMEOUT));
  }

  private FunctionInvoker measured(MappingDefinition definition, FunctionInvoker function) {
    return definition.stream().equals(RESULTS_STREAM) ? freshness.around(function) : function;
  }

  MappingProgress progress() {
    return progress;
  }

  /** Returns the feature groups of the functions. */
  Collection<FeatureGroup> groups() {
    return groups.values().stream().flatMap(each -> each.all().stream()).toList();
  }

  /** Returns whether the functions write the feature store themselves. */
  boolean isDirect() {
    return isDirect;
  }

  Set<String> streams() {
    return Set.copyOf(streams.keySet());
  }

  /**
   * Returns the counters since the start.
   *
   * @param judgements the events that feature groups did not use
   */
  PlatformCounters counters(PlatformCounters.Judgements judgements) {
    return new PlatformCounters(
        progress.events(),
        freshness.results(),
        progress.deadLetters(),
        judgements,
        freshness.read());
  }

  /** Returns what each mapping has given to its function since the start. */
  List<MappingCounts> invocations() {
    return invocations.read();
  }

  @Override
  public void close() {
    mappings.values().forEach(Closing::all);
    Closing.all(List.copyOf(streams.values()));
  }
}
