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
 */
record Declarations(List<String> names) implements Serializable {

  static Declarations ofTheCatalogue() {
    return of(Catalogue.load().groups());
  }

  static Declarations of(List<FeatureGroup> groups) {
    return new Declarations(groups.stream().map(FeatureGroup::name).toList());
  }

  List<FeatureGroup> groups() {
    Catalogue catalogue = Catalogue.load();
    return names.stream().map(catalogue::group).toList();
  }

  FeatureColumns columns() {
    return new FeatureColumns(groups());
  }
}
