package dev.freshet.benchmarks.jmh;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.EventParser;
import dev.freshet.event.ParsedRecord;
import dev.freshet.lambdas.CourierAcceptTimeHandler;
import dev.freshet.lambdas.StoreOrdersHandler;
import java.nio.ByteBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One event of a delivery, parsed for two feature groups. */
@State(Scope.Benchmark)
public class ParseBenchmark {

  private static final String DELIVERED =
      """
      {"eventId":"order-000000042-order-delivered","eventType":"ORDER_DELIVERED",\
      "occurredAt":"2026-01-01T00:31:07.042Z","orderId":"order-000000042","storeId":17,\
      "courierId":1204,"customerId":58211,"createdAt":"2026-01-01T00:00:12.345Z",\
      "courierRequestedAt":"2026-01-01T00:01:40.001Z","courierAcceptedAt":"2026-01-01T00:01:58.730Z",\
      "arrivedAt":"2026-01-01T00:29:11.900Z","deliveredAt":"2026-01-01T00:31:07.042Z",\
      "cityCode":"C2"}\
      """;

  private final ByteBuffer event = ByteBuffer.wrap(DELIVERED.getBytes(UTF_8));
  private final long now = java.time.Instant.parse("2026-01-01T00:31:08Z").toEpochMilli();
  private final EventParser courier = new EventParser(new CourierAcceptTimeHandler().features());
  private final EventParser store = new EventParser(new StoreOrdersHandler().features());

  /** With the two times that its value is between. */
  @Benchmark
  public ParsedRecord courierAcceptTime() {
    return courier.parse(event, now);
  }

  /** With no value. */
  @Benchmark
  public ParsedRecord storeOrders() {
    return store.parse(event, now);
  }
}
