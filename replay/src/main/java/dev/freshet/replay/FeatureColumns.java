package dev.freshet.replay;

import dev.freshet.aggregation.EdgeTime;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of features in a row: dimension by dimension and group by group, in the order in
 * which they are declared, each named {@code <feature group>:<feature>}.
 */
public final class FeatureColumns {

  private final List<OfDimension> dimensions = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();

  /** Creates the columns of groups, in the order in which their dimensions first appear. */
  public FeatureColumns(List<FeatureGroup> groups) {
    this(groups, false);
  }

  /**
   * Creates the columns of a spine's rows: after a feature that is an instant, {@code <name>_at},
   * comes {@code <name>}, the seconds from it to the instant of the row.
   */
  public static FeatureColumns ofSpine(List<FeatureGroup> groups) {
    return new FeatureColumns(groups, true);
  }

  private FeatureColumns(List<FeatureGroup> groups, boolean hasAges) {
    // Groups may find the same entities in events of several formats, by other members.
    Map<String, List<FeatureGroup>> byDimension = new LinkedHashMap<>();
    for (FeatureGroup group : groups) {
      byDimension.computeIfAbsent(group.dimension().name(), unseen -> new ArrayList<>()).add(group);
    }
    byDimension.forEach((name, of) -> add(name, of, hasAges));
  }

  private void add(String dimension, List<FeatureGroup> groups, boolean hasAges) {
    int start = columns.size();
    List<Source> sources = new ArrayList<>();
    int feature = 0;
    for (FeatureGroup group : groups) {
      for (Feature each : group.features()) {
        String name = name(group, each);
        columns.add(new Column(name, each.isText() ? Kind.TEXT : Kind.NUMBER));
        sources.add(new Source(feature, each.isText(), false));
        if (hasAges && each.isInstant()) {
          columns.add(
              new Column(name.substring(0, name.length() - EdgeTime.ENDING.length()), Kind.NUMBER));
          sources.add(new Source(feature, false, true));
        }
        feature++;
      }
    }
    dimensions.add(new OfDimension(dimension, groups, start, sources));
  }

  /** Returns the name of a feature's column, which is that of its field in the feature store. */
  public static String name(FeatureGroup group, Feature feature) {
    return group.name() + ":" + feature.name();
  }

  public List<OfDimension> dimensions() {
    return dimensions;
  }

  /** Returns all columns, of numbers and texts. */
  public List<Column> columns() {
    return columns;
  }

  /** Returns the names of all columns. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Returns a row in which every feature is absent. */
  public FeatureValues absent() {
    return new FeatureValues(columns.size());
  }

  /**
   * The origin of a column.
   *
   * @param feature the index of a feature among those of all groups of the dimension
   * @param isAge whether it holds the seconds since the feature, not the feature itself
   */
  record Source(int feature, boolean isText, boolean isAge) {}

  /**
   * The groups of one dimension.
   *
   * @param start the index of their first column
   * @param sources the origins of their columns
   */
  public record OfDimension(
      String name, List<FeatureGroup> groups, int start, List<Source> sources) {

    public OfDimension {
      groups = List.copyOf(groups);
      sources = List.copyOf(sources);
    }

    /** Returns whether it has one entity, {@code all}, which is in every event. */
    boolean isGlobal() {
      return groups.get(0).dimension().members().isEmpty();
    }

    /** Returns the index of the first feature of a group among those of this dimension. */
    private int startOf(int group) {
      return groups.subList(0, group).stream().mapToInt(g -> g.features().size()).sum();
    }

    /** Writes the columns of all groups as bytes, for {@link #read}. */
    void write(FeatureValues features, long atMillis, KeyWriter out) {
      for (Source each : sources) {
        if (each.isText) {
          out.textOrNull(features.text(each.feature));
        } else {
          double number = features.number(each.feature);
          out.bits(each.isAge ? (atMillis - number) / 1e3 : number);
        }
      }
    }

    /** Copies the columns of all groups into those of a row. */
    void read(KeyReader in, FeatureValues row) {
      read(in, row, 0, sources.size());
    }

    /** Writes the columns of one group as bytes; they have no ages. */
    void write(int group, FeatureValues features, KeyWriter out) {
      int first = startOf(group);
      for (int i = 0; i < features.size(); i++) {
        if (sources.get(first + i).isText) {
          out.textOrNull(features.text(i));
        } else {
          out.bits(features.number(i));
        }
      }
    }

    /** Copies the columns of one group into those of a row. */
    void read(int group, KeyReader in, FeatureValues row) {
      read(in, row, startOf(group), groups.get(group).features().size());
    }

    private void read(KeyReader in, FeatureValues row, int first, int count) {
      for (int i = first; i < first + count; i++) {
        if (sources.get(i).isText) {
          row.set(start + i, in.textOrNull());
        } else {
          row.set(start + i, in.bits());
        }
      }
    }
  }
}
