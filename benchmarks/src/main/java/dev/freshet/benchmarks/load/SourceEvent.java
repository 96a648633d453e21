package dev.freshet.benchmarks.load;

/** An event as a producer puts it. */
public record SourceEvent(OrderStream stream, Order order) {

  public long occurredAtMillis() {
    return order.at(stream);
  }

  byte[] json() {
    return OrderJson.write(order, stream);
  }
}
