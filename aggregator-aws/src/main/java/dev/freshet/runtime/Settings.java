package dev.freshet.runtime;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The settings of a function; {@code docs/settings.md} lists them. */
public final class Settings {

  private static final int INSTANCE_LENGTH = 12;
  private static final Duration DEFAULT_RESOLUTION = Duration.ofSeconds(1);
  private static final Duration DEFAULT_LINGER = Duration.ofSeconds(5);
  private static final Duration DEFAULT_STATE_TTL = Duration.ofDays(90);

  private final UnaryOperator<String> lookup;

  public Settings(UnaryOperator<String> lookup) {
    this.lookup = lookup;
  }

  /** The environment; a system property of the same name goes before it. */
  public static Settings ofEnvironment() {
    return new Settings(name -> System.getProperty(name, System.getenv(name)));
  }

  public String stateStoreUrl() {
    return require("STATE_STORE_URL");
  }

  public String featureStoreUrl() {
    return require("FEATURE_STORE_URL");
  }

  /** How many replicas must have a write of state before its event counts as done; 0 unless set. */
  public int stateStoreReplicas() {
    return count("STATE_STORE_REPLICAS");
  }

  /** How many replicas must have a write of features before its result counts as done. */
  public int featureStoreReplicas() {
    return count("FEATURE_STORE_REPLICAS");
  }

  public String resultsStream() {
    return require("RESULTS_STREAM");
  }

  public String deadLetterStream() {
    return require("DEAD_LETTER_STREAM");
  }

  /** The state machine that wakes recalculations; empty where time is not to move the features. */
  public Optional<String> recalculationStateMachineArn() {
    return optional("RECALCULATION_STATE_MACHINE_ARN");
  }

  /** To which multiple of time wake-ups are rounded up; one second unless set. */
  public Duration recalculationResolution() {
    String name = "RECALCULATION_RESOLUTION";
    return optional(name).map(text -> duration(name, text)).orElse(DEFAULT_RESOLUTION);
  }

  /** For how long a recalculation waits by itself for the next change; five seconds unless set. */
  public Duration recalculationLinger() {
    String name = "RECALCULATION_LINGER";
    return optional(name).map(text -> notNegative(name, text)).orElse(DEFAULT_LINGER);
  }

  /** How long the state and the features of an entity outlive their last write. */
  public Duration timeToLive() {
    String name = "ENTITY_TTL";
    return optional(name).map(text -> duration(name, text)).orElse(DEFAULT_STATE_TTL);
  }

  /** About how much memory the state of the entities seen last may take: a quarter of the heap. */
  public long stateCacheBytes() {
    String name = "STATE_CACHE_MEGABYTES";
    return optional(name)
        .map(text -> megabytes(name, text))
        .orElse(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Feature groups that are no more: what is left of their results is not stored. */
  public Set<String> forgottenGroups() {
    return optional("FORGOTTEN_GROUPS").stream()
        .flatMap(text -> Arrays.stream(text.split(",", -1)))
        .map(String::strip)
        .collect(Collectors.toSet());
  }

  /** The key that metrics are sent to Datadog with; without one, nothing is measured. */
  public Optional<String> datadogApiKey() {
    return optional("DD_API_KEY");
  }

  /** The secret in AWS Secrets Manager that holds the key. */
  public Optional<String> datadogApiKeySecretArn() {
    return optional("DD_API_KEY_SECRET_ARN");
  }

  /** Where metrics are sent: the API of {@code DD_SITE}, or a proxy on the way to it. */
  public String datadogUrl() {
    return optional("DD_URL")
        .orElseGet(() -> "https://api." + optional("DD_SITE").orElse("datadoghq.com"));
  }

  /** The name of this function. */
  public String functionName() {
    return optional("AWS_LAMBDA_FUNCTION_NAME").orElse("none");
  }

  /**
   * What tells the instances of this function apart: each has a log stream. Empty in one that comes
   * out of a snapshot, which is not told its name.
   */
  public Optional<String> functionInstance() {
    return optional("AWS_LAMBDA_LOG_STREAM_NAME")
        .map(name -> name.substring(Math.max(0, name.length() - INSTANCE_LENGTH)));
  }

  /** Whether Lambda takes a snapshot of this process before its first invocation. */
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
