package dev.freshet.replay;

import dev.freshet.definition.Dimension;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of features in a row: dimension by dimension and group by group, in the order in
 * which they are declared, each named {@code <feature group>:<feature>}.
 */
public final class FeatureColumns {

  private final List<OfDimension> dimensions = new ArrayList<>();
  private final List<String> names = new ArrayList<>();

  /** Creates the columns of groups, in the order in which their dimensions first appear. */
  public FeatureColumns(List<FeatureGroup> groups) {
    Map<Dimension, List<FeatureGroup>> byDimension = new LinkedHashMap<>();
    for (FeatureGroup group : groups) {
      byDimension.computeIfAbsent(group.dimension(), unseen -> new ArrayList<>()).add(group);
    }
    byDimension.forEach(this::add);
  }

  private void add(Dimension dimension, List<FeatureGroup> groups) {
    int start = names.size();
    for (FeatureGroup group : groups) {
      group.features().forEach(feature -> names.add(name(group, feature)));
    }
    dimensions.add(new OfDimension(dimension, groups, start, names.size() - start));
  }

  /** Returns the name of a feature's column, which is that of its field in the feature store. */
  public static String name(FeatureGroup group, Feature feature) {
    return group.name() + ":" + feature.name();
  }

  public List<OfDimension> dimensions() {
    return dimensions;
  }

  /** Returns the names of all columns. */
  public List<String> names() {
    return names;
  }

  /** Returns a row in which every feature is absent (NaN). */
  public double[] absent() {
    double[] row = new double[names.size()];
    Arrays.fill(row, Double.NaN);
    return row;
  }

  /**
   * The groups of one dimension.
   *
   * @param start the index of their first column
   * @param width the number of their columns
   */
  public record OfDimension(Dimension dimension, List<FeatureGroup> groups, int start, int width) {

    public OfDimension {
      groups = List.copyOf(groups);
    }

    /** Returns the index of the first column of a group of this dimension. */
    public int startOf(int group) {
      return start + groups.subList(0, group).stream().mapToInt(g -> g.features().size()).sum();
    }
  }
}
