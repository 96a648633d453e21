package dev.freshet.benchmarks.jmh;

import dev.freshet.benchmarks.load.Delivery;
import dev.freshet.benchmarks.measure.OrderLoad;
import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.lambdas.CourierAcceptTimeHandler;
import dev.freshet.lambdas.StoreOrdersHandler;
import java.nio.ByteBuffer;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One event of a delivery, parsed for two feature groups. */
@State(Scope.Benchmark)
public class ParseBenchmark {

  private final Delivery delivery =
      new OrderLoad(Workbench.cityOfGoals(5, 1), Set.of("order-delivered"), 1).next(1, 1).get(0);
  private final ByteBuffer event = delivery.event().getRecords().get(0).getKinesis().getData();
  private final EventParser courier =
      new EventParser(new CourierAcceptTimeHandler().groups().get(0));
  private final EventParser store = new EventParser(new StoreOrdersHandler().groups().get(0));

  /** With the two times that its value is between. */
  @Benchmark
  public ParsedRecord courierAcceptTime() {
    return courier.parse("order-delivered", event, delivery.newestMillis());
  }

  /** With no value. */
  @Benchmark
  public ParsedRecord storeOrders() {
    return store.parse("order-delivered", event, delivery.newestMillis());
  }
}
