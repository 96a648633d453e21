package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.ColumnKinds;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A spine: columns named after dimensions hold ids, the column {@code at} holds instants, and other
 * columns are kept. The file is read up to three times, so that no more than a row is in memory:
 * for its columns if it does not declare them, for its questions, and to write its rows with the
 * answers.
 */
public final class Spine {

  static final String AT = "at";

  private final Path file;
  private final TableFormat format;
  private final Set<String> ids;
  private final ReplayScope scope;
  private final List<Column> columns;

  /**
   * Reads the columns of a file.
   *
   * @param groups all groups; the columns of their dimensions hold ids
   */
  Spine(Path file, TableFormat format, List<FeatureGroup> groups, ReplayScope scope)
      throws IOException {
    this.file = file;
    this.scope = scope;
    this.format = format;
    this.ids = dimensions(groups);
    try (RowReader rows = open()) {
      List<Column> declared = rows.declared();
      this.columns = declared.isEmpty() ? ColumnKinds.of(rows).columns() : declared;
    }
  }

  /**
   * Returns the names of the groups' dimensions: columns of such a name hold ids. A global entity
   * needs no column, as it is part of every row.
   */
  public static Set<String> dimensions(List<FeatureGroup> groups) {
    return groups.stream()
        .filter(group -> !isGlobal(group))
        .map(group -> group.dimension().name())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /**
   * Returns the groups of the dimensions that a spine names, and those of global entities.
   *
   * @param spine the name of the spine in messages
   * @throws IOException if it names none, has no times, or has a column named as one of theirs
   */
  public static List<FeatureGroup> choose(
      String spine, List<Column> columns, List<FeatureGroup> groups) throws IOException {
    Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
    List<FeatureGroup> chosen =
        groups.stream()
            .filter(group -> isGlobal(group) || names.contains(group.dimension().name()))
            .toList();
    if (chosen.isEmpty()) {
      throw new IOException(
          "%s has no column named after a dimension: name one %s"
              .formatted(spine, String.join(" or ", dimensions(groups))));
    }
    if (!names.contains(AT)) {
      throw new IOException(spine + " has no column at: it says when the features are wanted");
    }
    for (String feature : FeatureColumns.names(chosen, true)) {
      if (names.contains(feature)) {
        throw new IOException("%s already has a column %s: leave it out".formatted(spine, feature));
      }
    }
    return chosen;
  }

  private static boolean isGlobal(FeatureGroup group) {
    return group.dimension().members().isEmpty();
  }

  List<Column> columns() {
    return columns;
  }

  /** Opens the file once more. */
  RowReader open() throws IOException {
    return new SelectedRows(format.read(file, ids), scope);
  }

  /**
   * Writes the questions of all rows, see {@link SpineQuestions}.
   *
   * @return the number of rows
   */
  long ask(FeatureColumns wanted, boolean before, BytesSink steps) throws IOException {
    SpineQuestions questions = new SpineQuestions(columns, wanted, before);
    try (RowReader rows = open()) {
      long row = 0;
      for (Cell[] cells = rows.next(); cells != null; cells = rows.next()) {
        questions.ask(cells, row++, rows, steps);
      }
      return row;
    }
  }
}
