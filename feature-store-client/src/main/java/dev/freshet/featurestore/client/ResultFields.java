package dev.freshet.featurestore.client;

import dev.freshet.result.DecimalText;
import dev.freshet.result.FeatureResult;
import java.util.function.BiConsumer;

/** The fields of a result in the feature store, without the prefix of their group. */
final class ResultFields {

  private ResultFields() {}

  /** Passes on the name and the text of each field, {@code @version} first. */
  static void of(FeatureResult result, BiConsumer<String, String> fields) {
    fields.accept("@version", Long.toString(result.version()));
    fields.accept(Age.COMPUTED_AT, Long.toString(result.computedAt()));
    fields.accept("@event_time", Long.toString(result.eventTime()));
    result.validUntil().ifPresent(until -> fields.accept(Age.VALID_UNTIL, Long.toString(until)));
    result
        .completeSince()
        .ifPresent(since -> fields.accept(Age.COMPLETE_SINCE, Long.toString(since)));
    for (FeatureResult.FeatureValue feature : result.features()) {
      fields.accept(
          feature.name(),
          feature.text() == null ? DecimalText.of(feature.value()) : feature.text());
    }
  }
}
