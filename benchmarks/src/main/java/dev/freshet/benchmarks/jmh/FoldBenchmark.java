package dev.freshet.benchmarks.jmh;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.benchmarks.subject.Engine;
import dev.freshet.engine.Aggregator;
import dev.freshet.engine.BatchReport;
import dev.freshet.lambdas.StoreOrdersHandler;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.StreamResults;
import dev.freshet.state.InMemoryStateStore;
import dev.freshet.stream.StreamRecord;
import dev.freshet.testdriver.HandClock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * An event of a batch of 500 of {@code store_orders} through the engine, without Redis: parsed,
 * folded by key, computed, encoded. The state is on the heap and holds the events already.
 */
@State(Scope.Benchmark)
public class FoldBenchmark {

  private final Delivery delivery =
      new OrderLoad(Workbench.cityOfGoals(5, 1), Set.of("order-created"), OrderLoad.BATCH_SIZE)
          .next(OrderLoad.BATCH_SIZE, OrderLoad.BATCH_SIZE)
          .get(0);
  private final List<StreamRecord> batch = Engine.records(delivery.event());
  private final Aggregator aggregator =
      new Aggregator(
          new StoreOrdersHandler().features(),
          new InMemoryStateStore(new StoreOrdersHandler().features()),
          new StreamResults(Workbench.NOWHERE),
          Workbench.NOWHERE,
          Duration.ofDays(90),
          new HandClock(delivery.newestMillis()),
          Metrics.NONE);

  @Benchmark
  @OperationsPerInvocation(OrderLoad.BATCH_SIZE)
  public BatchReport process() {
    return aggregator.process(batch);
  }
}
