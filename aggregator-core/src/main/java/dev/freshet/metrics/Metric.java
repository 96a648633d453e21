package dev.freshet.metrics;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * All metrics of the functions. Dashboards and monitors use no others.
 *
 * <p>Each has the tags {@code service}, {@code env}, {@code function} and {@code instance}, and
 * {@code feature_group} if it belongs to one, {@code feature} if it is a gauge; never an entity.
 */
public enum Metric {
  EVENTS_RECEIVED(Kind.COUNT, "events delivered to a function, each of a record of several"),
  EVENTS_APPLIED(Kind.COUNT, "events that changed the state"),
  EVENTS_DUPLICATE(Kind.COUNT, "events the state already held"),
  EVENTS_LATE(Kind.COUNT, "events older than everything the group can still use"),
  EVENTS_SKIPPED(Kind.COUNT, "valid events that do not concern the group"),
  EVENTS_INVALID(Kind.COUNT, "events that went to the dead letters"),
  EVENTS_UNFINISHED(Kind.COUNT, "events in records that the stream must deliver again"),

  LEDGER_MISSING(Kind.COUNT, "events or results that came in and did not end in any way"),

  LETTERS_WAITING(Kind.COUNT, "dead letters that their stream refused and that wait in Redis"),
  LETTERS_REFUSED(
      Kind.COUNT, "dead letters that stream and Redis refused; their records are delivered again"),

  RESULTS_PUBLISHED(Kind.COUNT, "results acknowledged by the results stream"),
  RESULTS_STORED(Kind.COUNT, "results written into the feature store"),
  RESULTS_STALE(Kind.COUNT, "results dropped, as the feature store had newer ones"),
  RESULTS_INVALID(Kind.COUNT, "records of the results stream that are not results"),

  STEP_PARSE(Kind.TIME, "parsing and folding a batch"),
  STEP_STATE(Kind.TIME, "storing and evicting, with what is computed in the meantime"),
  STEP_COMPUTE(Kind.TIME, "computing the features of a batch"),
  STEP_PUBLISH(Kind.TIME, "publishing the results of a batch"),
  STEP_STORE(Kind.TIME, "writing a batch of results into the feature store"),

  FRESHNESS_PUBLISHED(Kind.TIME, "from an event's occurredAt to its published result"),
  FRESHNESS_STORED(Kind.TIME, "from an event's occurredAt to the feature store"),

  RECALCULATION_LAG(Kind.TIME, "from when a key was due to its recalculation"),
  RECALCULATION_PAGES(Kind.COUNT, "pages of due keys recalculated"),
  RECALCULATION_KEYS(Kind.COUNT, "due keys recalculated"),
  RECALCULATION_STARTS(Kind.COUNT, "executions of the state machine started"),
  RECALCULATION_START_ERRORS(Kind.COUNT, "executions that could not be started"),
  RECALCULATION_REVIVALS(Kind.COUNT, "executions that the watchdog found dead"),

  EVENTS_DROPPED(Kind.COUNT, "held events or items dropped, as an entity had too many"),
  RESULTS_INCOMPLETE(
      Kind.COUNT, "results that may lack events from before their declaration changed"),

  ARCHIVE_READS(Kind.COUNT, "entities asleep whose history was read from DynamoDB"),
  ARCHIVE_WRITES(Kind.COUNT, "entities whose history was stored in DynamoDB"),
  ARCHIVE_ERRORS(Kind.COUNT, "calls of DynamoDB that failed or were refused, after all attempts"),
  ARCHIVE_TOO_LARGE(Kind.COUNT, "entities that stay in Redis, as DynamoDB stores none so large"),

  AUDIT_COMPARED(Kind.COUNT, "served values compared with a recomputation"),
  AUDIT_UNEXPLAINED(Kind.COUNT, "served values that differ from it without a known cause"),

  REDIS_ERRORS(Kind.COUNT, "batches that a Redis server failed, refused or did not answer"),
  REDIS_RETRIES(Kind.COUNT, "batches repeated because a server did not know the script"),
  KINESIS_ERRORS(Kind.COUNT, "entries of PutRecords that were not acknowledged at once"),
  KINESIS_RETRIES(Kind.COUNT, "entries of PutRecords put again"),

  DRIFT_PSI(Kind.GAUGE, "the population stability index of a feature against its baseline"),
  DRIFT_ABSENT(Kind.GAUGE, "how much the share of absent values is above the baseline"),
  DRIFT_CHANGE(
      Kind.GAUGE, "by how many spreads of the baseline mean or median has moved, either way");

  /** The kind of a metric. */
  public enum Kind {
    /** A count since it was last sent. */
    COUNT,
    /** A duration in milliseconds. */
    TIME,
    /** A number that a feature has at the time. */
    GAUGE
  }

  private final Kind kind;
  private final String description;
  private final String meter = "freshet." + dotted();

  Metric(Kind kind, String description) {
    this.kind = kind;
    this.description = description;
  }

  public Kind kind() {
    return kind;
  }

  public String description() {
    return description;
  }

  /** The name of the meter, such as {@code freshet.events.applied}. */
  public String meter() {
    return meter;
  }

  /** The names of its series in Datadog. */
  public List<String> series() {
    return kind == Kind.TIME
        ? Stream.of("sum", "count", "avg", "max").map(each -> meter + "." + each).toList()
        : List.of(meter);
  }

  /** Returns the name with a dot after its family: {@code recalculation.start_errors}. */
  private String dotted() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".");
  }
}
