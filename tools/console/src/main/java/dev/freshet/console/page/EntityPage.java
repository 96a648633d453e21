package dev.freshet.console.page;

import dev.freshet.console.Page;
import dev.freshet.definition.Catalogue;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.featurestore.client.Age;
import dev.freshet.featurestore.client.EntityFeatures;
import dev.freshet.featurestore.client.FeatureStoreReader;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** The features of one entity, as the feature store has them. */
public final class EntityPage implements Page {

  private final Catalogue catalogue;
  private final FeatureStoreReader store;
  private final InstantSource time;

  public EntityPage(Catalogue catalogue, FeatureStoreReader store, InstantSource time) {
    this.catalogue = catalogue;
    this.store = store;
    this.time = time;
  }

  /** An entity as of an instant. */
  record Entity(String dimension, String id, long atMillis, List<Group> groups) {}

  /**
   * The values of a group.
   *
   * @param computedAtMillis null if the group has not seen the entity
   * @param fault why the values are unknown; null if they are known
   */
  record Group(
      String name,
      Long computedAtMillis,
      Long validUntilMillis,
      Long completeSinceMillis,
      boolean isFromHistory,
      String fault,
      List<Value> values) {}

  /**
   * A feature value.
   *
   * @param text null if the feature is absent
   */
  record Value(String name, String text, boolean isNumber, String formula) {}

  @Override
  public Entity read(Map<String, String> parameters) {
    String dimension = Page.required(parameters, "dimension");
    String id = Page.required(parameters, "id");
    List<FeatureGroup> groups =
        catalogue.groups().stream()
            .filter(group -> group.dimension().name().equals(dimension))
            .toList();
    if (groups.isEmpty()) {
      throw new IllegalArgumentException("the catalogue has no dimension " + dimension);
    }
    EntityFeatures found = store.readEntity(dimension, id);
    return new Entity(
        dimension, id, time.millis(), groups.stream().map(each -> group(each, found)).toList());
  }

  private static Group group(FeatureGroup group, EntityFeatures found) {
    Age age = found.ages().get(group.name());
    List<Value> values = group.features().stream().map(each -> value(group, each, found)).toList();
    return new Group(
        group.name(),
        age == null ? null : age.computedAt(),
        age == null ? null : orNull(age.validUntil()),
        age == null ? null : orNull(age.completeSince()),
        age != null && age.isFromHistory(),
        found.unanswered().get(group.name()),
        values);
  }

  private static Value value(FeatureGroup group, Feature feature, EntityFeatures found) {
    return new Value(
        feature.name(),
        found.texts().get(group.name() + ":" + feature.name()),
        !feature.isText(),
        feature.formula());
  }

  private static Long orNull(OptionalLong instant) {
    return instant.isPresent() ? instant.getAsLong() : null;
  }
}
