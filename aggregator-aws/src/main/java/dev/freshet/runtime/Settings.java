package dev.freshet.runtime;

import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.featurestore.client.FeastFormat;
import dev.freshet.state.PartitionRange;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The settings of a function; {@code docs/settings.md} lists them. */
public final class Settings {

  private static final int INSTANCE_LENGTH = 12;
  private static final Duration DEFAULT_RESOLUTION = Duration.ofSeconds(1);
  private static final Duration DEFAULT_LINGER = Duration.ofSeconds(5);
  private static final Duration DEFAULT_STATE_TTL = Duration.ofDays(90);
  private static final Duration DEFAULT_AWAKE = Duration.ofHours(24);

  private final Environment environment;

  public Settings(UnaryOperator<String> lookup) {
    this.environment = new Environment(lookup);
  }

  /** Reads the environment; a system property of the same name has precedence. */
  public static Settings ofEnvironment() {
    return new Settings(name -> System.getProperty(name, System.getenv(name)));
  }

  /** Returns the variables that these settings are read from, for those of other modules. */
  public Environment environment() {
    return environment;
  }

  public String stateStoreUrl() {
    return environment.require("STATE_STORE_URL");
  }

  public String featureStoreUrl() {
    return environment.require("FEATURE_STORE_URL");
  }

  /**
   * The number of replicas that must have a write of state before its event counts as done; 0 by
   * default.
   */
  public int stateStoreReplicas() {
    return replicas("STATE_STORE_REPLICAS");
  }

  /**
   * The number of replicas that must have a write of features before its result counts as done; 0
   * by default.
   */
  public int featureStoreReplicas() {
    return replicas("FEATURE_STORE_REPLICAS");
  }

  public String resultsStream() {
    return environment.require("RESULTS_STREAM");
  }

  public String deadLetterStream() {
    return environment.require("DEAD_LETTER_STREAM");
  }

  /**
   * The state machine that wakes recalculations; empty if features must not change by time alone.
   */
  public Optional<String> recalculationStateMachineArn() {
    return environment.optional("RECALCULATION_STATE_MACHINE_ARN");
  }

  /** The duration to a multiple of which wake-ups are rounded up; one second by default. */
  public Duration recalculationResolution() {
    return environment.duration("RECALCULATION_RESOLUTION", DEFAULT_RESOLUTION);
  }

  /**
   * The longest time that a recalculation itself waits for the next change; five seconds by
   * default.
   */
  public Duration recalculationLinger() {
    return environment.durationOrZero("RECALCULATION_LINGER", DEFAULT_LINGER);
  }

  /** The ranges of partitions of a group, each with an execution of its own; one by default. */
  public List<PartitionRange> recalculationRanges() {
    String name = "RECALCULATION_RANGES";
    try {
      return PartitionRange.of(Integer.parseInt(environment.optional(name).orElse("1")));
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          name + " must be 1, 2, 4, 8 or 16, not " + environment.optional(name).orElseThrow(), e);
    }
  }

  /**
   * The time that the state and the features of an entity are kept after their last write; 90 days
   * by default.
   */
  public Duration timeToLive() {
    return environment.duration("ENTITY_TTL", DEFAULT_STATE_TTL);
  }

  /** The DynamoDB table of entities with history. */
  public String historyTable() {
    return environment.require("HISTORY_TABLE");
  }

  /**
   * The time that an entity with history, once it is stored in DynamoDB, stays in Redis after its
   * last change; 24 hours by default.
   */
  public Duration historyAwake() {
    return environment.duration("HISTORY_AWAKE", DEFAULT_AWAKE);
  }

  /** The bytes of memory for cached state, approximately; a quarter of the heap by default. */
  public long stateCacheBytes() {
    String name = "STATE_CACHE_MEGABYTES";
    Optional<String> text = environment.optional(name);
    if (text.isEmpty()) {
      return Runtime.getRuntime().maxMemory() / 4;
    }
    if (!text.get().matches("\\d{1,5}")) {
      throw new IllegalStateException(
          name + " must be a number of megabytes such as 96: " + text.get());
    }
    return Long.parseLong(text.get()) << 20;
  }

  /**
   * How many events, or items, an entity holds if its group does not say it; 100,000 by default.
   */
  public int mostEventsOfEntity() {
    return environment.count("MOST_EVENTS_OF_ENTITY", FeatureGroupBuilder.USUAL_MOST_EVENTS);
  }

  /** The names in Kinesis of the streams of events, by those in the catalogue. */
  public Map<String, String> eventStreams() {
    Map<String, String> names = new HashMap<>();
    for (String each : environment.require("EVENT_STREAMS").split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new IllegalStateException(
            "EVENT_STREAMS must be STREAM=NAME,… and not '" + each + "'");
      }
      names.put(each.substring(0, equals).strip(), each.substring(equals + 1).strip());
    }
    return names;
  }

  /**
   * Returns whether a function that computes results writes them into the feature store itself;
   * false by default.
   */
  public boolean writesDirectly() {
    return environment.isSecondOf("FEATURE_STORE_WRITES", "stream", "direct");
  }

  /** Feast's format of the feature store; empty, by default, for Freshet's own. */
  public Optional<FeastFormat> feastFormat() {
    return environment.isSecondOf("FEATURE_STORE_FORMAT", "freshet", "feast")
        ? Optional.of(
            new FeastFormat(
                environment.require("FEAST_PROJECT"), environment.names("FEAST_INTEGER_ENTITIES")))
        : Optional.empty();
  }

  /** The names of deleted feature groups, whose remaining results must not be stored. */
  public Set<String> forgottenGroups() {
    return environment.names("FORGOTTEN_GROUPS");
  }

  /** The API key of Datadog; without one, nothing is measured. */
  public Optional<String> datadogApiKey() {
    return environment.optional("DD_API_KEY");
  }

  /** The secret in AWS Secrets Manager that holds the key. */
  public Optional<String> datadogApiKeySecretArn() {
    return environment.optional("DD_API_KEY_SECRET_ARN");
  }

  /** The URL to send metrics to: the API of {@code DD_SITE}, or a proxy. */
  public String datadogUrl() {
    return environment
        .optional("DD_URL")
        .orElseGet(() -> "https://api." + environment.optional("DD_SITE").orElse("datadoghq.com"));
  }

  /** The name of this function. */
  public String functionName() {
    return environment.optional("AWS_LAMBDA_FUNCTION_NAME").orElse("none");
  }

  /**
   * The name of this instance of the function, from its log stream. Empty in an instance restored
   * from a snapshot, which does not get the name.
   */
  public Optional<String> functionInstance() {
    return environment
        .optional("AWS_LAMBDA_LOG_STREAM_NAME")
        .map(name -> name.substring(Math.max(0, name.length() - INSTANCE_LENGTH)));
  }

  /** Returns whether Lambda takes a snapshot of this process before its first invocation. */
  public boolean isSnapshotTaken() {
    return environment
        .optional("AWS_LAMBDA_INITIALIZATION_TYPE")
        .filter("snap-start"::equals)
        .isPresent();
  }

  /** The stage that this function is deployed to. */
  public Optional<String> stage() {
    return environment.optional("DD_ENV");
  }

  private int replicas(String name) {
    String text = environment.optional(name).orElse("0");
    if (!text.matches("\\d{1,3}")) {
      throw new IllegalStateException(name + " must be a number such as 1: " + text);
    }
    return Integer.parseInt(text);
  }
}
