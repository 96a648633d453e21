package dev.freshet.replay.spark;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.FeatureColumns;
import dev.freshet.replay.ReplayScope;
import java.io.Serializable;
import java.util.List;

/**
 * Feature groups in a form that Spark can send to the executors, which have the same catalogue.
 *
 * @param names the names of the groups, in the order of {@code freshet replay}
 * @param hasAges whether the columns are those of a spine's rows
 * @param scope the rows and columns that are wanted
 */
record Declarations(List<String> names, boolean hasAges, ReplayScope scope)
    implements Serializable {

  /** Returns the groups of a replay without a spine. */
  static Declarations ofResults(ReplayScope scope) {
    return of(scope.groups(Catalogue.load().groups(), false), false, scope);
  }

  /** Returns the declaration of one group. */
  static Declarations ofGroup(FeatureGroup group) {
    return of(List.of(group), false, ReplayScope.ALL);
  }

  /** Returns no group, for rows without features. */
  static Declarations none() {
    return of(List.of(), false, ReplayScope.ALL);
  }

  static Declarations ofSpine(List<FeatureGroup> groups, ReplayScope scope) {
    return of(groups, true, scope);
  }

  private static Declarations of(List<FeatureGroup> groups, boolean hasAges, ReplayScope scope) {
    return new Declarations(groups.stream().map(FeatureGroup::name).toList(), hasAges, scope);
  }

  List<FeatureGroup> groups() {
    Catalogue catalogue = Catalogue.load();
    return names.stream().map(catalogue::group).toList();
  }

  FeatureColumns columns() {
    return new FeatureColumns(groups(), scope.columns(), hasAges);
  }
}
