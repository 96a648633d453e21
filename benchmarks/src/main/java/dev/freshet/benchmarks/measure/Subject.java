package dev.freshet.benchmarks.measure;

import dev.freshet.benchmarks.load.Delivery;

/** What is measured: something that turns batches of events into features. */
public interface Subject extends AutoCloseable {

  /** Does all the work of a batch; notes how long each invocation took. */
  void handle(Delivery delivery, Latencies invocations);

  @Override
  void close();
}
