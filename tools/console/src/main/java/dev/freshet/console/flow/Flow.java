package dev.freshet.console.flow;

import java.util.List;

/**
 * The way of events through the platform, as of an instant. Rates are of a second; a value that the
 * source cannot tell is null.
 *
 * @param note over which time rates and counts are
 * @param direct whether functions write the feature store themselves
 * @param streams of events, and of results
 * @param functions what reads streams
 * @param resultsPerSecond results that reach the feature store
 * @param freshMillis from {@code occurredAt} until features can be read
 * @param letters dead letters
 * @param fault a part that has failed; null if none has
 * @param notKnown what the source cannot tell, and why
 */
public record Flow(
    long atMillis,
    String note,
    boolean direct,
    List<Stream> streams,
    List<Function> functions,
    Double eventsPerSecond,
    Double resultsPerSecond,
    Freshness freshMillis,
    Unused unused,
    Long letters,
    String fault,
    List<NotKnown> notKnown) {

  public static final String RESULTS = "feature-results";
  public static final String DEAD_LETTERS = "dead-letters";

  /**
   * A stream, by its name without a prefix.
   *
   * @param perSecond records
   */
  public record Stream(String name, Double perSecond, Long shards) {}

  /**
   * A function.
   *
   * @param groups the feature groups that it computes; none if it computes none
   * @param reads the names of its streams
   * @param perSecond records that it finishes
   * @param callsPerSecond invocations
   * @param failures invocations that failed
   * @param givenUp records that were given up
   * @param lagMillis how far it is behind the end of its streams
   */
  public record Function(
      String name,
      List<String> groups,
      List<String> reads,
      Double perSecond,
      Double callsPerSecond,
      Long failures,
      Long givenUp,
      Long lagMillis) {}

  /** Quantiles of freshness. */
  public record Freshness(long p50, long p99) {}

  /** Events that groups did not use. */
  public record Unused(long late, long skipped, long invalid) {}

  /** A value that is not shown. */
  public record NotKnown(String what, String why) {}
}
