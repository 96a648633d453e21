package dev.freshet.console.stage;

import dev.freshet.console.Page;
import dev.freshet.console.flow.Flow;
import dev.freshet.console.page.CostPage;
import dev.freshet.console.stage.StageMetrics.Metric;
import dev.freshet.operations.cost.DeclaredStage;
import dev.freshet.operations.cost.Load;
import dev.freshet.operations.cost.Variant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** The flow of a deployed stage, as Kinesis and CloudWatch tell it. */
public final class StageFlow implements Page {

  private static final String NOTE =
      "Rates and counts are of five minutes, which ended two or three minutes ago: CloudWatch has"
          + " them no earlier. It has no value where a – stands.";
  private static final String DATADOG = "only the functions know; they send it to Datadog: ";
  private static final List<Flow.NotKnown> NOT_KNOWN =
      List.of(
          new Flow.NotKnown("freshness", DATADOG + "freshet.freshness.stored"),
          new Flow.NotKnown(
              "late, skipped, invalid", DATADOG + "freshet.events.late, .skipped, .invalid"),
          new Flow.NotKnown("results", "a record of feature-results holds several"),
          new Flow.NotKnown("records given up", "they are in the queue of discarded batches"));

  private final ShownStage stage;
  private final KinesisClient kinesis;
  private final StageMetrics metrics;
  private final InstantSource time;

  public StageFlow(
      ShownStage stage, KinesisClient kinesis, CloudWatchClient cloudWatch, InstantSource time) {
    this.stage = stage;
    this.kinesis = kinesis;
    this.metrics = new StageMetrics(cloudWatch, metrics(stage), time);
    this.time = time;
  }

  private static List<Metric> metrics(ShownStage stage) {
    List<Metric> all = new ArrayList<>();
    stage.streams().forEach(each -> all.add(incoming(stage, each)));
    for (ShownStage.Function each : stage.functions()) {
      all.addAll(List.of(calls(each), errors(each), age(each)));
    }
    return all;
  }

  private static Metric incoming(ShownStage stage, String stream) {
    return Metric.ofStream(stage.streamPrefix() + stream, "IncomingRecords");
  }

  private static Metric calls(ShownStage.Function function) {
    return Metric.ofFunction(function.name(), "Invocations", "Sum");
  }

  private static Metric errors(ShownStage.Function function) {
    return Metric.ofFunction(function.name(), "Errors", "Sum");
  }

  private static Metric age(ShownStage.Function function) {
    return Metric.ofFunction(function.name(), "IteratorAge", "Maximum");
  }

  @Override
  public Flow read(Map<String, String> parameters) {
    List<Flow.NotKnown> notKnown = new ArrayList<>(NOT_KNOWN);
    List<Flow.Stream> streams =
        stage.streams().stream()
            .filter(each -> !each.equals(Flow.DEAD_LETTERS))
            .map(each -> stream(each, notKnown))
            .toList();
    OptionalDouble letters = metrics.sum(incoming(stage, Flow.DEAD_LETTERS));
    return new Flow(
        time.millis(),
        NOTE,
        false,
        streams,
        stage.functions().stream().map(this::function).toList(),
        eventsPerSecond(),
        null,
        null,
        null,
        letters.isPresent() ? Math.round(letters.getAsDouble()) : null,
        null,
        notKnown);
  }

  /** Returns the events of all streams; null if CloudWatch knows of none. */
  private Double eventsPerSecond() {
    Map<String, Double> rates = rates();
    return rates.isEmpty()
        ? null
        : (Double) rates.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Returns the present rate for its bill, with the sizes of the reference catalogue. */
  public Optional<CostPage.Rate> rate(DeclaredStage declared) {
    Map<String, Double> rates = rates();
    double all = rates.values().stream().mapToDouble(Double::doubleValue).sum();
    if (all == 0) {
      return Optional.empty();
    }
    Map<String, Double> shares = new TreeMap<>();
    declared.streams().forEach(each -> shares.put(each, rates.getOrDefault(each, 0.0) / all));
    return Optional.of(
        new CostPage.Rate(
            Load.of(all, declared.streams(), shares),
            Variant.ALL.get(0),
            "records of each stream as CloudWatch counted them in five minutes, for one event each;"
                + " sizes and results are those of the reference catalogue"));
  }

  /** Returns the records a second of each stream of events that has some. */
  private Map<String, Double> rates() {
    Map<String, Double> rates = new TreeMap<>();
    for (String each : stage.streams()) {
      Double rate = perSecond(incoming(stage, each));
      if (rate != null && !each.equals(Flow.RESULTS) && !each.equals(Flow.DEAD_LETTERS)) {
        rates.put(each, rate);
      }
    }
    return rates;
  }

  private Flow.Stream stream(String name, List<Flow.NotKnown> notKnown) {
    Long shards = null;
    try {
      shards =
          kinesis
              .describeStreamSummary(call -> call.streamName(stage.streamPrefix() + name))
              .streamDescriptionSummary()
              .openShardCount()
              .longValue();
    } catch (SdkException e) {
      notKnown.add(
          new Flow.NotKnown("shards of " + name, e.getMessage() + "; check --stream-prefix"));
    }
    return new Flow.Stream(name, perSecond(incoming(stage, name)), shards);
  }

  private Flow.Function function(ShownStage.Function function) {
    OptionalDouble failures = metrics.sum(errors(function));
    OptionalDouble age = metrics.newest(age(function));
    return new Flow.Function(
        function.name(),
        function.groups(),
        function.reads(),
        null,
        perSecond(calls(function)),
        failures.isPresent() ? Math.round(failures.getAsDouble()) : null,
        null,
        age.isPresent() ? Math.round(age.getAsDouble()) : null);
  }

  private Double perSecond(Metric metric) {
    OptionalDouble sum = metrics.sum(metric);
    return sum.isPresent() ? sum.getAsDouble() / StageMetrics.SPAN.toSeconds() : null;
  }
}
