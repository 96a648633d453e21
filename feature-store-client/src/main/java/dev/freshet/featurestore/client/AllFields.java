package dev.freshet.featurestore.client;

import dev.freshet.result.FeatureResult;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** All fields of an entity. */
final class AllFields implements Found {

  private final String dimension;
  private final String id;
  private final Map<String, String> fields = new TreeMap<>();
  private final Set<String> fromHistory = new HashSet<>();
  private final Map<String, String> unanswered = new TreeMap<>();

  AllFields(String dimension, String id) {
    this.dimension = dimension;
    this.id = id;
  }

  @Override
  public String dimension() {
    return dimension;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean asksFor(String group) {
    return true;
  }

  void add(String field, String text) {
    fields.put(field, text);
  }

  @Override
  public void add(FeatureResult result) {
    String prefix = EntityKey.prefix(result.featureGroup());
    ResultFields.of(result, (name, text) -> add(prefix + name, text));
    fromHistory.add(result.featureGroup());
  }

  @Override
  public void leaveUnanswered(String group, String why) {
    unanswered.put(group, why);
  }

  @Override
  public boolean lacks(String group) {
    return !fields.containsKey(EntityKey.prefix(group) + Age.COMPUTED_AT);
  }

  EntityFeatures features() {
    Map<String, Age> ages = new TreeMap<>();
    for (String field : fields.keySet()) {
      if (field.endsWith(":" + Age.COMPUTED_AT)) {
        String group = EntityKey.group(field);
        ages.put(group, Age.of(EntityKey.prefix(group), fields, fromHistory.contains(group)));
      }
    }
    return new EntityFeatures(dimension, id, fields, ages, unanswered);
  }
}
