package dev.freshet.local.platform;

import java.util.List;
import java.util.OptionalLong;

/**
 * The work of one mapping since its start.
 *
 * @param groups the feature groups of its function
 * @param records how many are finished
 * @param failures how many invocations left records unfinished
 * @param givenUp records that were given up
 * @param caughtUpMillis every record put before this instant is finished or given up; empty until
 *     the stream was read to its end once
 */
public record MappingFlow(
    String stream,
    String function,
    List<String> groups,
    long records,
    long failures,
    long givenUp,
    OptionalLong caughtUpMillis) {

  /** Returns what tells it from other mappings. */
  public String id() {
    return stream + " " + function;
  }
}
