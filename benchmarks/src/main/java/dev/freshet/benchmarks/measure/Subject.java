package dev.freshet.benchmarks.measure;

import dev.freshet.benchmarks.load.Delivery;
import java.util.function.LongConsumer;

/** The subject of a measurement: turns batches of events into features. */
public interface Subject extends AutoCloseable {

  /**
   * Does all the work of a batch.
   *
   * @param invocations is told how many nanoseconds each invocation took
   */
  void handle(Delivery delivery, LongConsumer invocations);

  @Override
  void close();
}
