package dev.freshet.quality.audit;

import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.StateKind;
import java.util.List;
import java.util.Map;

/**
 * The served features of a group of an entity. Instants are epoch milliseconds.
 *
 * @param values in the order of declaration, null for an absent one
 * @param validUntilMillis {@link StateKind#FOREVER} if no value changes by time alone
 * @param completeSinceMillis {@code Long.MIN_VALUE} if the values lack no event
 * @param isStored whether it has anything
 */
@SuppressWarnings("ArrayRecordComponent") // made once, never compared
record Served(
    String[] values,
    long computedAtMillis,
    long eventTimeMillis,
    long validUntilMillis,
    long completeSinceMillis,
    boolean isStored) {

  static final String VALID_UNTIL = "@valid_until";
  private static final String COMPUTED_AT = "@computed_at";

  /** Reads the fields of an entity. */
  static Served of(FeatureGroup group, Map<String, String> fields) {
    String prefix = group.name() + ":";
    List<Feature> features = group.features();
    String[] values = new String[features.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = fields.get(prefix + features.get(i).name());
    }
    return new Served(
        values,
        instant(fields, prefix + COMPUTED_AT, 0),
        instant(fields, prefix + "@event_time", 0),
        instant(fields, prefix + VALID_UNTIL, StateKind.FOREVER),
        instant(fields, prefix + "@complete_since", Long.MIN_VALUE),
        fields.containsKey(prefix + COMPUTED_AT));
  }

  private static long instant(Map<String, String> fields, String name, long otherwise) {
    String text = fields.get(name);
    return text == null ? otherwise : Long.parseLong(text);
  }

  boolean isIncomplete() {
    return completeSinceMillis > computedAtMillis;
  }

  /** Returns the next instant to be published when the state changes next at some instant. */
  long validUntilOf(long nextChangeMillis) {
    return isIncomplete() && completeSinceMillis != StateKind.NEVER_COMPLETE_MILLIS
        ? Math.min(nextChangeMillis, completeSinceMillis)
        : nextChangeMillis;
  }
}
