package dev.freshet.result;

import java.util.List;
import java.util.OptionalLong;

/**
 * The feature values of one group for one entity, which a function publishes and the feature store
 * keeps.
 *
 * @param featureGroup the group's name
 * @param dimension the dimension's name
 * @param key the entity id
 * @param version grows from each result of a key to the next
 * @param computedAt the instant that the feature values describe, epoch milliseconds
 * @param eventTime the newest {@code occurredAt} used, epoch milliseconds
 * @param validUntil the next instant at which a value changes with no new event; empty if none
 * @param completeSince the instant from which on every feature has all events that it needs; empty
 *     if it has
 * @param features the features that have a value
 * @param absent the names of the declared features that have none; null if that is unknown
 * @param archived whether the entity is archived, so that the feature store may forget it
 */
public record FeatureResult(
    String featureGroup,
    String dimension,
    String key,
    long version,
    long computedAt,
    long eventTime,
    OptionalLong validUntil,
    OptionalLong completeSince,
    Trigger trigger,
    List<FeatureValue> features,
    List<String> absent,
    boolean archived) {

  /** Creates a result whose features have all events that they need, and that leaves none out. */
  public FeatureResult(
      String featureGroup,
      String dimension,
      String key,
      long version,
      long computedAt,
      long eventTime,
      OptionalLong validUntil,
      Trigger trigger,
      List<FeatureValue> features) {
    this(
        featureGroup,
        dimension,
        key,
        version,
        computedAt,
        eventTime,
        validUntil,
        OptionalLong.empty(),
        trigger,
        features,
        List.of(),
        false);
  }

  /**
   * A feature's name in its group, and its value.
   *
   * @param value a finite number; NaN if the feature is a text
   * @param text null if the feature is a number
   */
  public record FeatureValue(String name, double value, String text) {

    public FeatureValue(String name, double value) {
      this(name, value, null);
    }
  }
}
