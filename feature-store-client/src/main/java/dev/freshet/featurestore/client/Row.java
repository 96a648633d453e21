package dev.freshet.featurestore.client;

import dev.freshet.result.FeatureResult;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** An entity of one call, and what was found of it so far. */
final class Row {

  private final String dimension;
  private final String value;
  private final Map<String, String> fields = new TreeMap<>();
  private final Set<String> fromHistory = new HashSet<>();
  private final Map<String, String> unanswered = new TreeMap<>();

  Row(String dimension, String value) {
    this.dimension = dimension;
    this.value = value;
  }

  String value() {
    return value;
  }

  byte[] key() {
    return EntityKey.of(dimension, value);
  }

  void add(String field, String text) {
    fields.put(field, text);
  }

  /** Adds a result of the history store, unless it is of another dimension's entity. */
  void add(FeatureResult result) {
    if (result.dimension().equals(dimension)) {
      String prefix = EntityKey.prefix(result.featureGroup());
      ResultFields.of(result, (name, text) -> add(prefix + name, text));
      fromHistory.add(result.featureGroup());
    }
  }

  void leaveUnanswered(String group, String why) {
    unanswered.put(group, why);
  }

  boolean lacks(String group) {
    return !fields.containsKey(EntityKey.prefix(group) + Age.COMPUTED_AT);
  }

  /** Returns all fields. */
  EntityFeatures all() {
    return with(fields);
  }

  /** Returns the features asked for, in their order. */
  EntityFeatures only(Collection<String> features) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String feature : features) {
      if (fields.containsKey(feature)) {
        texts.put(feature, fields.get(feature));
      }
    }
    return with(texts);
  }

  private EntityFeatures with(Map<String, String> texts) {
    Map<String, Age> ages = new TreeMap<>();
    for (String field : fields.keySet()) {
      if (field.endsWith(":" + Age.COMPUTED_AT)) {
        String group = EntityKey.group(field);
        ages.put(group, Age.of(EntityKey.prefix(group), fields, fromHistory.contains(group)));
      }
    }
    return new EntityFeatures(dimension, value, texts, ages, unanswered);
  }
}
