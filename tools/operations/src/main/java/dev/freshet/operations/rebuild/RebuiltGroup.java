package dev.freshet.operations.rebuild;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.stream.StreamRecord;
import java.util.List;

/** A group that is rebuilt from past events. */
interface RebuiltGroup extends AutoCloseable {

  /**
   * A record and when it arrived in its stream.
   *
   * @param arrivedMillis {@code Long.MAX_VALUE} for a record of a file: its events arrive when they
   *     occur
   */
  record Arrived(StreamRecord record, long arrivedMillis) {}

  FeatureGroup group();

  boolean reads(String stream);

  /**
   * Takes records; events that the state already holds change nothing.
   *
   * @throws IllegalStateException if a store fails several times in a row
   */
  void process(List<Arrived> records);

  /**
   * Returns when all is stored and all results are acknowledged.
   *
   * @throws IllegalStateException if a store or Kinesis refuses all attempts
   */
  void publish();

  /** Returns one line about the events and results. */
  String line();

  @Override
  default void close() {}
}
