package dev.freshet.console.flow;

import java.util.List;

/**
 * The way of events through the platform, as of an instant. Rates are of a second, over the last
 * ten or so; a value that the source cannot tell is null.
 *
 * @param source what is shown, such as {@code this machine}
 * @param functions what reads streams
 * @param resultsPerSecond results that reach the feature store
 * @param freshMillis from {@code occurredAt} until features can be read
 * @param letters dead letters so far
 * @param fault a part that has failed; null if none has
 */
public record Flow(
    long atMillis,
    String source,
    List<Function> functions,
    Double eventsPerSecond,
    Double resultsPerSecond,
    Freshness freshMillis,
    Unused unused,
    Long letters,
    String fault) {

  /**
   * A function.
   *
   * @param groups the feature groups that it computes; none if it computes none
   */
  public record Function(String name, List<String> groups, List<Reading> reads) {}

  /**
   * What a function does with one stream.
   *
   * @param records how many it has finished
   * @param failures invocations that failed
   * @param givenUp records that were given up
   * @param lagMillis how far it is behind the end of the stream
   */
  public record Reading(
      String stream, Double perSecond, Long records, Long failures, Long givenUp, Long lagMillis) {}

  /** Quantiles of freshness. */
  public record Freshness(long p50, long p99) {}

  /** Events that groups did not use. */
  public record Unused(long late, long skipped, long invalid) {}
}
