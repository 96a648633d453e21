package dev.freshet.benchmarks;

/** An event as a producer puts it. */
record SourceEvent(OrderStream stream, Order order) {

  long occurredAtMillis() {
    return order.at(stream);
  }

  byte[] json() {
    return OrderJson.write(order, stream);
  }
}
