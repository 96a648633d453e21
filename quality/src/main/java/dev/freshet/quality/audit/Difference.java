package dev.freshet.quality.audit;

/**
 * A served value that is not equal to its recomputation.
 *
 * @param feature with its group, such as {@code table_visits:unserved}
 * @param served the value in the feature store; {@code absent} if it has none
 * @param computed the value that the events give
 * @param why what is known of the cause, for people to read
 */
public record Difference(
    String dimension,
    String entity,
    String feature,
    Cause cause,
    String served,
    String computed,
    String why) {}
