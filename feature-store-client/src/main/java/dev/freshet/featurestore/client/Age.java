package dev.freshet.featurestore.client;

import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The age of the values of one feature group; instants are epoch milliseconds.
 *
 * @param computedAt the instant that the values describe
 * @param validUntil the next instant at which a value changes with no new event; empty if none
 * @param completeSince the instant from which on every feature has all events that it needs; empty
 *     if it has
 * @param isFromHistory whether Redis had forgotten the entity, so that the history store was asked
 */
public record Age(
    long computedAt, OptionalLong validUntil, OptionalLong completeSince, boolean isFromHistory) {

  static final String COMPUTED_AT = "@computed_at";
  static final String VALID_UNTIL = "@valid_until";
  static final String COMPLETE_SINCE = "@complete_since";

  /** How many fields hold the age of a group. */
  static final int FIELDS = 3;

  /** Returns the fields that hold the age of a group, {@link #COMPUTED_AT} first. */
  static Stream<String> fields(String group) {
    return Stream.of(COMPUTED_AT, VALID_UNTIL, COMPLETE_SINCE)
        .map(name -> EntityKey.prefix(group) + name);
  }

  /**
   * Reads the age from the fields of an entity.
   *
   * @param prefix of the group's fields, of which {@link #COMPUTED_AT} must be there
   */
  static Age of(String prefix, Map<String, String> fields, boolean isFromHistory) {
    return new Age(
        Long.parseLong(fields.get(prefix + COMPUTED_AT)),
        instant(fields.get(prefix + VALID_UNTIL)),
        instant(fields.get(prefix + COMPLETE_SINCE)),
        isFromHistory);
  }

  private static OptionalLong instant(String text) {
    return text == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
  }

  /** Returns whether a value has changed since, because time passed. */
  public boolean isOutdated(long nowMillis) {
    return validUntil.isPresent() && validUntil.getAsLong() <= nowMillis;
  }
}
