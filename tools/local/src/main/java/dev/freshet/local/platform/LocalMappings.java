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
import dev.freshet.ledger.LedgerReport;
import dev.freshet.runtime.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The running streams and mappings of a template. */
final class LocalMappings implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(LocalMappings.class);
  private static final String RESULTS_STREAM = "feature-results";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private static final String SUBSCRIBER = "dev.freshet.featurestore.FeatureStoreSubscriber";

  private static final String COUNT = "-count";

  private static final byte[] NO_FAILURE = "{}".getBytes(StandardCharsets.UTF_8);

  private final AwsAccount account;
  private final InstantSource time;
  private final boolean isDirect;
  private final FreshnessMeter freshness;
  private final InvocationMeter invocations = new InvocationMeter();
  private final Map<String, FunctionGroups> groups;
  private final Map<String, KinesisStream> streams = new LinkedHashMap<>();
  private final Map<String, List<EventSourceMapping>> mappings = new LinkedHashMap<>();

  private LocalMappings(
      Map<String, FunctionGroups> groups,
      Settings settings,
      AwsAccount account,
      InstantSource time) {
    this.groups = groups;
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
    long events =
        mappings.entrySet().stream()
            .filter(stream -> isBusiness(stream.getKey()))
            .mapToLong(stream -> slowest(stream.getValue()))
            .sum();
    return new PlatformCounters(
        events,
        freshness.results(),
        slowest(mappings.getOrDefault(DEAD_LETTERS, List.of())),
        judgements,
        freshness.read());
  }

  /** Returns what each mapping to a function of the template has done since the start. */
  List<MappingFlow> flows() {
    return mappings.values().stream()
        .flatMap(List::stream)
        .filter(each -> !each.definition().function().endsWith(COUNT))
        .map(this::flow)
        .toList();
  }

  /** Returns the records that each function with a ledger has finished, as its mappings know. */
  List<LedgerReport.Finished> handed() {
    return mappings.values().stream()
        .flatMap(List::stream)
        .filter(each -> groups.containsKey(each.definition().function()))
        .map(
            each ->
                new LedgerReport.Finished(
                    groups.get(each.definition().function()).toString(),
                    each.definition().stream(),
                    each.counters().recordsDone()))
        .toList();
  }

  private MappingFlow flow(EventSourceMapping mapping) {
    FunctionGroups served = groups.get(mapping.definition().function());
    Instant caughtUp = mapping.caughtUpAt();
    return new MappingFlow(
        mapping.definition().stream(),
        mapping.definition().function(),
        served == null ? List.of() : served.all().stream().map(FeatureGroup::name).toList(),
        mapping.counters().recordsDone(),
        mapping.counters().failures(),
        mapping.counters().recordsDiscarded(),
        caughtUp.equals(Instant.MIN)
            ? OptionalLong.empty()
            : OptionalLong.of(caughtUp.toEpochMilli()));
  }

  /** Counts events as processed when the slowest function that reads their stream has them. */
  private static long slowest(List<EventSourceMapping> readers) {
    return readers.stream()
        .mapToLong(each -> each.counters().recordsDone() + each.counters().recordsDiscarded())
        .min()
        .orElse(0);
  }

  /** Returns what each mapping has given to its function since the start. */
  List<MappingCounts> invocations() {
    return invocations.read();
  }

  boolean haveDoneEventsOf(Instant put) {
    return readers(true).allMatch(mapping -> mapping.isCaughtUpWith(put));
  }

  boolean haveStoredResultsOf(Instant published) {
    return readers(false).allMatch(mapping -> mapping.isCaughtUpWith(published));
  }

  Optional<Throwable> failure() {
    return Stream.concat(readers(true), readers(false))
        .flatMap(mapping -> mapping.failure().stream())
        .findFirst();
  }

  private Stream<EventSourceMapping> readers(boolean ofBusinessEvents) {
    return mappings.entrySet().stream()
        .filter(stream -> isBusiness(stream.getKey()) == ofBusinessEvents)
        .flatMap(stream -> stream.getValue().stream());
  }

  private static boolean isBusiness(String stream) {
    return !stream.equals(RESULTS_STREAM) && !stream.equals(DEAD_LETTERS);
  }

  @Override
  public void close() {
    mappings.values().forEach(Closing::all);
    Closing.all(List.copyOf(streams.values()));
  }
}
