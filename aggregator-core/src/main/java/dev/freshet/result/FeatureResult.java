package dev.freshet.result;

import java.util.List;
import java.util.OptionalLong;

/**
 * The features of one group for one entity: what a function publishes and the feature store keeps.
 *
 * @param featureGroup the group's name
 * @param dimension the dimension's name
 * @param key the entity's id
 * @param version grows from each result of a key to the next
 * @param computedAt the instant the features are right at, epoch milliseconds
 * @param eventTime the newest {@code occurredAt} used, epoch milliseconds
 * @param validUntil the next instant at which a value changes with no new event; empty if none
 * @param features only those that have a value
 */
public record FeatureResult(
    String featureGroup,
    String dimension,
    String key,
    long version,
    long computedAt,
    long eventTime,
    OptionalLong validUntil,
    Trigger trigger,
    List<FeatureValue> features) {

  /** A feature's name in its group, and its value: finite. */
  public record FeatureValue(String name, double value) {}
}
