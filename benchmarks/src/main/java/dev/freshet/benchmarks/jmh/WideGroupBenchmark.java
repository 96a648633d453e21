package dev.freshet.benchmarks.jmh;

import static dev.freshet.definition.Aggregates.count;
import static dev.freshet.definition.Aggregates.distinct;
import static dev.freshet.definition.Aggregates.latest;
import static dev.freshet.definition.Aggregates.max;
import static dev.freshet.definition.Aggregates.mean;
import static dev.freshet.definition.Aggregates.min;
import static dev.freshet.definition.Aggregates.percentile;
import static dev.freshet.definition.Aggregates.stddev;
import static dev.freshet.definition.Aggregates.sum;
import static dev.freshet.definition.Window.days;
import static dev.freshet.definition.Window.hours;
import static dev.freshet.definition.Window.last;
import static dev.freshet.definition.Window.minutes;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.definition.Aggregate.OfEvents;
import dev.freshet.definition.Entity;
import dev.freshet.definition.EventType;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.definition.FeatureGroupBuilder;
import dev.freshet.definition.TimeWindow;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.format.EventFormat;
import dev.freshet.format.TimeFormat;
import dev.freshet.input.Input;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * An event of a batch of 500 of one entity, through the engine without Redis: 50 features over six
 * windows, beside 7 over the same windows. One event comes each second, so the window of a day
 * holds 86,400.
 */
@State(Scope.Benchmark)
public class WideGroupBenchmark {

  private static final int BATCH = 500;
  private static final int DAY_SECONDS = 86_400;
  private static final long START = 1_780_000_000L;
  private static final EventType PAID =
      new EventType(
          "PAID",
          "paid",
          EventFormat.json().id("id").type("type").occurredAt("at", TimeFormat.EPOCH_SECONDS));

  private static final List<TimeWindow> WINDOWS =
      List.of(minutes(5), minutes(15), hours(1), hours(6), days(1));

  @Param({"7", "50"})
  int features;

  private final Random random = new Random(1);
  private final HandClock clock = new HandClock(START * 1_000);
  private Aggregator aggregator;
  private List<StreamRecord> batch;
  private long seconds;

  /** Fills the window of a day. */
  @Setup
  public void fill() {
    FeatureGroup group = features == 7 ? seven() : fifty();
    aggregator =
        new Aggregator(
            group,
            new InMemoryStateStore(group),
            new StreamResults(Workbench.NOWHERE),
            Workbench.NOWHERE,
            Duration.ofDays(90),
            clock,
            Metrics.NONE);
    while (seconds < DAY_SECONDS) {
      nextBatch();
      process();
    }
  }

  private static FeatureGroupBuilder group() {
    return FeatureGroup.named("wide")
        .dimension(Entity.global("network"))
        .reads(PAID)
        .value(Input.decimal("amount"));
  }

  private static FeatureGroup seven() {
    FeatureGroupBuilder seven = group().over(last(50), mean(), stddev());
    WINDOWS.forEach(window -> seven.over(window, mean()));
    return seven.build();
  }

  private static FeatureGroup fifty() {
    OfEvents[] eight = {
      count(), sum(), mean(), min(), max(), percentile(50), percentile(90), stddev()
    };
    FeatureGroupBuilder fifty = group().over(last(50), eight);
    WINDOWS.forEach(window -> fifty.over(window, eight));
    Input merchant = Input.text("merchant");
    return fifty.over(days(1), distinct().of(merchant), latest().of(merchant)).build();
  }

  /** Makes the events of the next 500 seconds. */
  @Setup(Level.Invocation)
  public void nextBatch() {
    batch = new ArrayList<>(BATCH);
    for (int i = 0; i < BATCH; i++) {
      seconds++;
      String event =
          "{\"id\":\"p%d\",\"type\":\"PAID\",\"at\":%d,\"amount\":%d.%02d,\"merchant\":\"m%d\"}"
              .formatted(
                  seconds,
                  START + seconds,
                  random.nextInt(1_000),
                  random.nextInt(100),
                  random.nextInt(500));
      batch.add(
          new StreamRecord(
              "paid",
              "shard",
              Long.toString(seconds),
              "k",
              ByteBuffer.wrap(event.getBytes(UTF_8))));
    }
    clock.set((START + seconds) * 1_000);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public BatchReport process() {
    return aggregator.process(batch);
  }
}
