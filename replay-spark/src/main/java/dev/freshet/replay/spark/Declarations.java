package dev.freshet.replay.spark;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.FeatureColumns;
import java.io.Serializable;
import java.util.List;

/**
 * Feature groups in a form that Spark can send to the executors, which have the same catalogue.
 *
 * @param names the names of the groups, in the order of {@code freshet replay}
 * @param hasAges whether the columns are those of a spine's rows
 */
record Declarations(List<String> names, boolean hasAges) implements Serializable {

  static Declarations ofTheCatalogue() {
    return of(Catalogue.load().groups(), false);
  }

  /** Returns the declaration of one group. */
  static Declarations ofGroup(FeatureGroup group) {
    return of(List.of(group), false);
  }

  /** Returns no group, for rows without features. */
  static Declarations none() {
    return of(List.of(), false);
  }

  static Declarations ofSpine(List<FeatureGroup> groups) {
    return of(groups, true);
  }

  private static Declarations of(List<FeatureGroup> groups, boolean hasAges) {
    return new Declarations(groups.stream().map(FeatureGroup::name).toList(), hasAges);
  }

  List<FeatureGroup> groups() {
    Catalogue catalogue = Catalogue.load();
    return names.stream().map(catalogue::group).toList();
  }

  FeatureColumns columns() {
    return hasAges ? FeatureColumns.ofSpine(groups()) : new FeatureColumns(groups());
  }
}
