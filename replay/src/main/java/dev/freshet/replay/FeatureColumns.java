package dev.freshet.replay;

import dev.freshet.aggregation.EdgeTime;
import dev.freshet.definition.Feature;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.ReplayScope.Wanted;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The columns of features in a row, each named {@code <feature group>:<feature>}: those that are
 * wanted, in that order, or else all, dimension by dimension and group by group, in the order in
 * which they are declared.
 */
public final class FeatureColumns {

  private final List<OfDimension> dimensions = new ArrayList<>();
  private final Map<String, Integer> places = new LinkedHashMap<>();
  private final Column[] columns;
  private final FeatureValues absent;

  /** Creates the columns of groups, in the order in which their dimensions first appear. */
  public FeatureColumns(List<FeatureGroup> groups) {
    this(groups, List.of(), false);
  }

  /**
   * Creates the columns of a spine's rows: after a feature that is an instant, {@code <name>_at},
   * comes {@code <name>}, the seconds from it to the instant of the row.
   */
  public static FeatureColumns ofSpine(List<FeatureGroup> groups) {
    return new FeatureColumns(groups, List.of(), true);
  }

  /**
   * @param groups all groups of their dimensions
   * @param wanted names of columns; empty for all
   * @param hasAges whether the columns are those of a spine's rows
   */
  public FeatureColumns(List<FeatureGroup> groups, List<Wanted> wanted, boolean hasAges) {
    List<Wanted> all =
        wanted.isEmpty() ? names(groups, hasAges).stream().map(Wanted::of).toList() : wanted;
    all.forEach(each -> places.put(each.name(), places.size()));
    columns = new Column[all.size()];
    absent = new FeatureValues(all.size());
    for (int i = 0; i < columns.length; i++) {
      if (all.get(i).text() == null) {
        absent.set(i, all.get(i).number());
      } else {
        absent.set(i, all.get(i).text());
      }
    }
    byDimension(groups).forEach((name, of) -> add(name, of, hasAges));
  }

  /** Returns the names of all columns of groups. */
  public static List<String> names(List<FeatureGroup> groups, boolean hasAges) {
    List<String> names = new ArrayList<>();
    byDimension(groups)
        .forEach(
            (dimension, of) -> {
              for (FeatureGroup group : of) {
                for (Feature each : group.features()) {
                  names.add(name(group, each));
                  if (hasAges && each.isInstant()) {
                    names.add(ageName(group, each));
                  }
                }
              }
            });
    return names;
  }

  /** Groups may find the same entities in events of several formats, by other members. */
  private static Map<String, List<FeatureGroup>> byDimension(List<FeatureGroup> groups) {
    Map<String, List<FeatureGroup>> byDimension = new LinkedHashMap<>();
    for (FeatureGroup group : groups) {
      byDimension.computeIfAbsent(group.dimension().name(), unseen -> new ArrayList<>()).add(group);
    }
    return byDimension;
  }

  private void add(String dimension, List<FeatureGroup> groups, boolean hasAges) {
    List<Source> sources = new ArrayList<>();
    int feature = 0;
    for (int group = 0; group < groups.size(); group++) {
      for (Feature each : groups.get(group).features()) {
        Kind kind = each.isText() ? Kind.TEXT : Kind.NUMBER;
        add(name(groups.get(group), each), kind, new Source(-1, group, feature, false), sources);
        if (hasAges && each.isInstant()) {
          Source age = new Source(-1, group, feature, true);
          add(ageName(groups.get(group), each), Kind.NUMBER, age, sources);
        }
        feature++;
      }
    }
    dimensions.add(new OfDimension(dimension, groups, sources, columns));
  }

  private void add(String name, Kind kind, Source source, List<Source> sources) {
    Integer place = places.get(name);
    if (place != null) {
      columns[place] = new Column(name, kind);
      sources.add(new Source(place, source.group, source.feature, source.isAge));
    }
  }

  /** Returns the name of a feature's column, which is that of its field in the feature store. */
  public static String name(FeatureGroup group, Feature feature) {
    return group.name() + ":" + feature.name();
  }

  private static String ageName(FeatureGroup group, Feature feature) {
    String name = name(group, feature);
    return name.substring(0, name.length() - EdgeTime.ENDING.length());
  }

  public List<OfDimension> dimensions() {
    return dimensions;
  }

  /** Returns all columns, of numbers and texts. */
  public List<Column> columns() {
    return List.of(columns);
  }

  /** Returns a row in which every feature is absent, or its default. */
  public FeatureValues absent() {
    FeatureValues row = new FeatureValues(columns.length);
    row.copy(0, absent, 0, columns.length);
    return row;
  }

  /**
   * The origin of a column.
   *
   * @param column its index in a row
   * @param group the index of its group
   * @param feature the index of a feature among those of all groups of the dimension
   * @param isAge whether it holds the seconds since the feature, not the feature itself
   */
  private record Source(int column, int group, int feature, boolean isAge) {}

  /** The groups of one dimension, and the columns that are wanted of them. */
  public static final class OfDimension {

    private final String name;
    private final List<FeatureGroup> groups;
    private final Source[] sources;
    private final Column[] columns;
    private final int[] starts;

    private OfDimension(
        String name, List<FeatureGroup> groups, List<Source> sources, Column[] columns) {
      this.name = name;
      this.groups = List.copyOf(groups);
      this.sources = sources.toArray(Source[]::new);
      this.columns = columns;
      this.starts = new int[groups.size() + 1];
      for (int i = 0; i < groups.size(); i++) {
        starts[i + 1] = starts[i] + groups.get(i).features().size();
      }
    }

    public String name() {
      return name;
    }

    public List<FeatureGroup> groups() {
      return groups;
    }

    /** Returns whether it has one entity, {@code all}, which is in every event. */
    boolean isGlobal() {
      return groups.get(0).dimension().members().isEmpty();
    }

    /** Returns for each group whether a column of it is wanted. */
    boolean[] wanted() {
      boolean[] wanted = new boolean[groups.size()];
      for (Source each : sources) {
        wanted[each.group] = true;
      }
      return wanted;
    }

    /** Writes the columns of all groups as bytes, for {@link #read}. */
    void write(FeatureValues features, long atMillis, KeyWriter out) {
      for (Source each : sources) {
        write(each, features, each.feature, atMillis, out);
      }
    }

    /** Writes the columns of one group as bytes; they have no ages. */
    void write(int group, FeatureValues features, KeyWriter out) {
      for (Source each : sources) {
        if (each.group == group) {
          write(each, features, each.feature - starts[group], 0, out);
        }
      }
    }

    private void write(Source source, FeatureValues of, int feature, long atMillis, KeyWriter out) {
      if (columns[source.column].kind() == Kind.TEXT) {
        out.textOrNull(of.text(feature));
      } else {
        double number = of.number(feature);
        out.bits(source.isAge ? (atMillis - number) / 1e3 : number);
      }
    }

    /** Copies the columns of all groups into those of a row. */
    void read(KeyReader in, FeatureValues row) {
      for (Source each : sources) {
        read(each, in, row);
      }
    }

    /** Copies the columns of one group into those of a row. */
    void read(int group, KeyReader in, FeatureValues row) {
      for (Source each : sources) {
        if (each.group == group) {
          read(each, in, row);
        }
      }
    }

    private void read(Source source, KeyReader in, FeatureValues row) {
      if (columns[source.column].kind() == Kind.TEXT) {
        String text = in.textOrNull();
        if (text != null) {
          row.set(source.column, text);
        }
      } else {
        double number = in.bits();
        if (!Double.isNaN(number)) {
          row.set(source.column, number);
        }
      }
    }
  }
}
