package dev.freshet.quality.drift;

import dev.freshet.aggregation.EdgeTime;
import dev.freshet.definition.FeatureGroup;
import java.util.Collection;
import java.util.List;

/**
 * A feature whose values are watched.
 *
 * @param name {@code <feature group>:<feature>}; of an age the name without {@code _at}, which is
 *     that of the column of seconds in training rows
 * @param dimension the entities that have it
 */
public record WatchedFeature(String name, String dimension, Kind kind) {

  /** The kind of values. */
  public enum Kind {
    NUMBER,
    TEXT,
    /** The seconds since an instant: instants themselves only grow. */
    AGE
  }

  /** Returns the features of groups, in their order. */
  public static List<WatchedFeature> of(Collection<FeatureGroup> groups) {
    return groups.stream()
        .flatMap(
            group ->
                group.features().stream()
                    .map(
                        each -> {
                          String name = group.name() + ":" + each.name();
                          Kind kind = each.isText() ? Kind.TEXT : Kind.NUMBER;
                          return each.isInstant()
                              ? age(name, group.dimension().name())
                              : new WatchedFeature(name, group.dimension().name(), kind);
                        }))
        .toList();
  }

  private static WatchedFeature age(String field, String dimension) {
    String name = field.substring(0, field.length() - EdgeTime.ENDING.length());
    return new WatchedFeature(name, dimension, Kind.AGE);
  }

  /** Returns the name of the feature group. */
  public String group() {
    return name.substring(0, Math.max(0, name.indexOf(':')));
  }

  /** Returns the name of its field in the feature store. */
  String field() {
    return kind == Kind.AGE ? name + EdgeTime.ENDING : name;
  }
}
