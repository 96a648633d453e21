package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.table.Column;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Decides by the columns of a spine which features are wanted. */
public final class SpineColumns {

  static final String AT = "at";

  private SpineColumns() {}

  /**
   * Returns the groups of the dimensions that the spine names.
   *
   * @param spine the name of the spine in messages
   * @throws IOException if it names none, has no times, or has a column named as one of theirs
   */
  public static List<FeatureGroup> choose(
      String spine, List<Column> columns, List<FeatureGroup> groups) throws IOException {
    Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
    List<FeatureGroup> chosen =
        groups.stream().filter(group -> names.contains(group.dimension().name())).toList();
    if (chosen.isEmpty()) {
      throw new IOException(
          "%s has no column named after a dimension: name one %s"
              .formatted(spine, String.join(" or ", dimensions(groups))));
    }
    if (!names.contains(AT)) {
      throw new IOException(spine + " has no column at: it says when the features are wanted");
    }
    for (String feature : new FeatureColumns(chosen).names()) {
      if (names.contains(feature)) {
        throw new IOException("%s already has a column %s: leave it out".formatted(spine, feature));
      }
    }
    return chosen;
  }

  /** Returns the names of the groups' dimensions: columns of such a name hold ids. */
  public static Set<String> dimensions(List<FeatureGroup> groups) {
    return groups.stream()
        .map(group -> group.dimension().name())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }
}
