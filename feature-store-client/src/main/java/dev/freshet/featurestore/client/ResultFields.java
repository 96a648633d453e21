package dev.freshet.featurestore.client;

import dev.freshet.result.DecimalText;
import dev.freshet.result.FeatureResult;

/** Receives the fields of a result in the feature store, without the prefix of their group. */
@FunctionalInterface
interface ResultFields {

  void add(String name, String text);

  default void add(String name, long number) {
    add(name, Long.toString(number));
  }

  /** Passes on the fields of a result, {@code @version} and {@code @computed_at} first. */
  static void of(FeatureResult result, ResultFields fields) {
    fields.add("@version", result.version());
    fields.add(Age.COMPUTED_AT, result.computedAt());
    fields.add("@event_time", result.eventTime());
    if (result.validUntil().isPresent()) {
      fields.add(Age.VALID_UNTIL, result.validUntil().getAsLong());
    }
    if (result.completeSince().isPresent()) {
      fields.add(Age.COMPLETE_SINCE, result.completeSince().getAsLong());
    }
    for (FeatureResult.FeatureValue feature : result.features()) {
      if (feature.text() != null) {
        fields.add(feature.name(), feature.text());
      } else if (DecimalText.isInteger(feature.value())) {
        fields.add(feature.name(), (long) feature.value());
      } else {
        fields.add(feature.name(), DecimalText.of(feature.value()));
      }
    }
  }
}
