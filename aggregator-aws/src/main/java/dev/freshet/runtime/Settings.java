package dev.freshet.runtime;

import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.featurestore.client.FeastFormat;
import dev.freshet.state.PartitionRange;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The settings of a function; {@code docs/settings.md} lists them. */
public final class Settings {

  private static final int INSTANCE_LENGTH = 12;
  private static final int USUAL_DRIFT_SAMPLE = 1_000;
  private static final Duration DEFAULT_RESOLUTION = Duration.ofSeconds(1);
  private static final Duration DEFAULT_LINGER = Duration.ofSeconds(5);
  private static final Duration DEFAULT_STATE_TTL = Duration.ofDays(90);
  private static final Duration DEFAULT_AWAKE = Duration.ofHours(24);

  private static final int DEFAULT_AUDIT_ENTITIES = 100;
  private static final Duration DEFAULT_AUDIT_LOOKBACK = Duration.ofHours(6);

  private final UnaryOperator<String> lookup;

  public Settings(UnaryOperator<String> lookup) {
    this.lookup = lookup;
  }

  /** Reads the environment; a system property of the same name has precedence. */
  public static Settings ofEnvironment() {
    return new Settings(name -> System.getProperty(name, System.getenv(name)));
  }

  public String stateStoreUrl() {
    return require("STATE_STORE_URL");
  }

  public String featureStoreUrl() {
    return require("FEATURE_STORE_URL");
  }

  /**
   * The number of replicas that must have a write of state before its event counts as done; 0 by
   * default.
   */
  public int stateStoreReplicas() {
    return count("STATE_STORE_REPLICAS");
  }

  /**
   * The number of replicas that must have a write of features before its result counts as done; 0
   * by default.
   */
  public int featureStoreReplicas() {
    return count("FEATURE_STORE_REPLICAS");
  }

  public String resultsStream() {
    return require("RESULTS_STREAM");
  }

  public String deadLetterStream() {
    return require("DEAD_LETTER_STREAM");
  }

  /**
   * The state machine that wakes recalculations; empty if features must not change by time alone.
   */
  public Optional<String> recalculationStateMachineArn() {
    return optional("RECALCULATION_STATE_MACHINE_ARN");
  }

  /** The duration to a multiple of which wake-ups are rounded up; one second by default. */
  public Duration recalculationResolution() {
    String name = "RECALCULATION_RESOLUTION";
    return optional(name).map(text -> duration(name, text)).orElse(DEFAULT_RESOLUTION);
  }

  /**
   * The longest time that a recalculation itself waits for the next change; five seconds by
   * default.
   */
  public Duration recalculationLinger() {
    String name = "RECALCULATION_LINGER";
    return optional(name).map(text -> notNegative(name, text)).orElse(DEFAULT_LINGER);
  }

  /** The ranges of partitions of a group, each with an execution of its own; one by default. */
  public List<PartitionRange> recalculationRanges() {
    String name = "RECALCULATION_RANGES";
    try {
      return PartitionRange.of(Integer.parseInt(optional(name).orElse("1")));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          name + " must be 1, 2, 4, 8 or 16, not " + optional(name).orElseThrow(), e);
    }
  }

  /**
   * The time that the state and the features of an entity are kept after their last write; 90 days
   * by default.
   */
  public Duration timeToLive() {
    String name = "ENTITY_TTL";
    return optional(name).map(text -> duration(name, text)).orElse(DEFAULT_STATE_TTL);
  }

  /** The DynamoDB table of entities with history. */
  public String historyTable() {
    return require("HISTORY_TABLE");
  }

  /**
   * The time that an entity with history, once it is stored in DynamoDB, stays in Redis after its
   * last change; 24 hours by default.
   */
  public Duration historyAwake() {
    String name = "HISTORY_AWAKE";
    return optional(name).map(text -> duration(name, text)).orElse(DEFAULT_AWAKE);
  }

  /** The bytes of memory for cached state, approximately; a quarter of the heap by default. */
  public long stateCacheBytes() {
    String name = "STATE_CACHE_MEGABYTES";
    return optional(name)
        .map(text -> megabytes(name, text))
        .orElse(Runtime.getRuntime().maxMemory() / 4);
  }

  /**
   * How many events, or items, an entity holds if its group does not say it; 100,000 by default.
   */
  public int mostEventsOfEntity() {
    String name = "MOST_EVENTS_OF_ENTITY";
    return optional(name)
        .map(text -> count(name, text))
        .orElse(FeatureGroupBuilder.USUAL_MOST_EVENTS);
  }

  /** How many entities of each dimension the data monitors draw; 1,000 by default. */
  public int driftSample() {
    String name = "DRIFT_SAMPLE";
    return optional(name).map(text -> count(name, text)).orElse(USUAL_DRIFT_SAMPLE);
  }

  /** How many entities of each dimension an audit draws; 100 by default. */
  public int auditEntities() {
    String name = "AUDIT_ENTITIES";
    return optional(name).map(text -> count(name, text)).orElse(DEFAULT_AUDIT_ENTITIES);
  }

  /** How far back an audit reads the streams; six hours by default. */
  public Duration auditLookback() {
    String name = "AUDIT_LOOKBACK";
    return optional(name).map(text -> duration(name, text)).orElse(DEFAULT_AUDIT_LOOKBACK);
  }

  /** The names in Kinesis of the streams of events, by those in the catalogue. */
  public Map<String, String> eventStreams() {
    Map<String, String> names = new HashMap<>();
    for (String each : require("EVENT_STREAMS").split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new IllegalStateException(
            "EVENT_STREAMS must be STREAM=NAME,… and not '" + each + "'");
      }
      names.put(each.substring(0, equals).strip(), each.substring(equals + 1).strip());
    }
    return names;
  }

  private static int count(String name, String text) {
    try {
      int count = Integer.parseInt(text);
      if (count >= 1) {
        return count;
      }
    } catch (NumberFormatException e) {
      // reported below, like numbers below 1
    }
    throw new IllegalStateException(
        name + " must be a whole number from 1 to 2147483647, not '" + text + "'");
  }

  /**
   * Returns whether a function that computes results writes them into the feature store itself;
   * false by default.
   */
  public boolean writesDirectly() {
    String text = optional("FEATURE_STORE_WRITES").orElse("stream");
    if (!text.equals("direct") && !text.equals("stream")) {
      throw new IllegalStateException(
          "FEATURE_STORE_WRITES must be stream or direct, not '" + text + "'");
    }
    return text.equals("direct");
  }

  /** Feast's format of the feature store; empty, by default, for Freshet's own. */
  public Optional<FeastFormat> feastFormat() {
    String format = optional("FEATURE_STORE_FORMAT").orElse("freshet");
    if (!format.equals("freshet") && !format.equals("feast")) {
      throw new IllegalStateException(
          "FEATURE_STORE_FORMAT must be freshet or feast, not '" + format + "'");
    }
    return format.equals("freshet")
        ? Optional.empty()
        : Optional.of(new FeastFormat(require("FEAST_PROJECT"), names("FEAST_INTEGER_ENTITIES")));
  }

  /** The names of deleted feature groups, whose remaining results must not be stored. */
  public Set<String> forgottenGroups() {
    return names("FORGOTTEN_GROUPS");
  }

  private Set<String> names(String variable) {
    return optional(variable).stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  /** The API key of Datadog; without one, nothing is measured. */
  public Optional<String> datadogApiKey() {
    return optional("DD_API_KEY");
  }

  /** The secret in AWS Secrets Manager that holds the key. */
  public Optional<String> datadogApiKeySecretArn() {
    return optional("DD_API_KEY_SECRET_ARN");
  }

  /** The URL to send metrics to: the API of {@code DD_SITE}, or a proxy. */
  public String datadogUrl() {
    return optional("DD_URL")
        .orElseGet(() -> "https://api." + optional("DD_SITE").orElse("datadoghq.com"));
  }

  /** The name of this function. */
  public String functionName() {
    return optional("AWS_LAMBDA_FUNCTION_NAME").orElse("none");
  }

  /**
   * The name of this instance of the function, from its log stream. Empty in an instance restored
   * from a snapshot, which does not get the name.
   */
  public Optional<String> functionInstance() {
    return optional("AWS_LAMBDA_LOG_STREAM_NAME")
        .map(name -> name.substring(Math.max(0, name.length() - INSTANCE_LENGTH)));
  }

  /** Returns whether Lambda takes a snapshot of this process before its first invocation. */
  public boolean isSnapshotTaken() {
    return optional("AWS_LAMBDA_INITIALIZATION_TYPE").filter("snap-start"::equals).isPresent();
  }

  /** The stage that this function is deployed to. */
  public Optional<String> stage() {
    return optional("DD_ENV");
  }

  private String require(String name) {
    return optional(name)
        .orElseThrow(() -> new IllegalStateException("set the environment variable " + name));
  }

  private Optional<String> optional(String name) {
    return Optional.ofNullable(lookup.apply(name)).filter(text -> !text.isBlank());
  }

  private int count(String name) {
    String text = optional(name).orElse("0");
    if (!text.matches("\\d{1,3}")) {
      throw new IllegalStateException(name + " must be a number such as 1: " + text);
    }
    return Integer.parseInt(text);
  }

  private static long megabytes(String name, String text) {
    if (!text.matches("\\d{1,5}")) {
      throw new IllegalStateException(name + " must be a number of megabytes such as 96: " + text);
    }
    return Long.parseLong(text) << 20;
  }

  private static Duration duration(String name, String text) {
    Duration duration = notNegative(name, text);
    if (duration.isZero()) {
      throw new IllegalStateException(name + " must be positive: " + text);
    }
    return duration;
  }

  private static Duration notNegative(String name, String text) {
    try {
      Duration duration = Duration.parse(text);
      if (duration.isNegative()) {
        throw new IllegalStateException(name + " must not be negative: " + text);
      }
      return duration;
    } catch (DateTimeParseException e) {
      throw new IllegalStateException(name + " must be a duration such as P90D: " + text, e);
    }
  }
}
