package dev.freshet.benchmarks.measure;

import dev.freshet.benchmarks.load.Delivery;

/** The subject of a measurement: turns batches of events into features. */
public interface Subject extends AutoCloseable {

  /** Does all the work of a batch; notes how long each invocation took. */
  void handle(Delivery delivery, Latencies invocations);

  @Override
  void close();
}
