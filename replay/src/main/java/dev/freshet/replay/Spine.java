package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Timestamps;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The rows that features are wanted for: columns named after dimensions hold ids, the column {@code
 * at} holds instants, further columns are kept. The file is read three times, so that no more than
 * a row is held: for its columns, for what it asks, and to write it again with the answers.
 */
final class Spine {

  private static final String AT = "at";

  /** An id that went through a floating-point column; it would silently match nothing. */
  private static final Pattern FLOATED_ID = Pattern.compile("-?[0-9]+\\.0+");

  private final Path file;
  private final TableFormat format;
  private final List<Column> columns;

  private Spine(Path file, TableFormat format, List<Column> columns) {
    this.file = file;
    this.format = format;
    this.columns = columns;
  }

  /** Reads a file for its columns. */
  static Spine of(Path file, TableFormat format) throws IOException {
    List<Kind> kinds = new ArrayList<>();
    try (RowReader rows = format.read(file)) {
      for (Cell[] cells = rows.next(); cells != null; cells = rows.next()) {
        learn(kinds, cells);
      }
      List<Column> columns = new ArrayList<>();
      for (String name : rows.names()) {
        int index = columns.size();
        Kind kind = index < kinds.size() ? kinds.get(index) : null;
        columns.add(new Column(name, kind == null ? Kind.TEXT : kind));
      }
      return new Spine(file, format, columns);
    }
  }

  private static void learn(List<Kind> kinds, Cell[] cells) {
    while (kinds.size() < cells.length) {
      kinds.add(null);
    }
    for (int i = 0; i < cells.length; i++) {
      if (cells[i] != null) {
        Kind known = kinds.get(i);
        kinds.set(i, known == null ? cells[i].kind() : known.or(cells[i].kind()));
      }
    }
  }

  /** The columns of the file. */
  List<Column> columns() {
    return columns;
  }

  /** Opens the file once more. */
  RowReader open() throws IOException {
    return format.read(file);
  }

  /**
   * The groups of the dimensions that the spine names.
   *
   * @throws IOException if it names none, has no times, or has a column named as one of theirs
   */
  List<FeatureGroup> choose(List<FeatureGroup> groups) throws IOException {
    Set<String> names = columns.stream().map(Column::name).collect(Collectors.toSet());
    List<FeatureGroup> chosen =
        groups.stream().filter(group -> names.contains(group.dimension().name())).toList();
    if (chosen.isEmpty()) {
      throw new IOException(
          "%s has no column named after a dimension: name one %s"
              .formatted(file, String.join(" or ", dimensions(groups))));
    }
    if (!names.contains(AT)) {
      throw new IOException(file + " has no column at: it says when the features are wanted");
    }
    for (String feature : new FeatureColumns(chosen).names()) {
      if (names.contains(feature)) {
        throw new IOException("%s already has a column %s: leave it out".formatted(file, feature));
      }
    }
    return chosen;
  }

  private static Set<String> dimensions(List<FeatureGroup> groups) {
    return groups.stream()
        .map(group -> group.dimension().name())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /** Takes what is asked. */
  interface Questions {
    void ask(Step.Asked step) throws IOException;
  }

  /**
   * Reads all rows for what they ask.
   *
   * @return how many there are
   * @throws IOException if one does not say when, or has an id that is none
   */
  long ask(FeatureColumns wanted, Questions questions) throws IOException {
    int at = index(AT);
    int[] ids =
        wanted.dimensions().stream().mapToInt(each -> index(each.dimension().name())).toArray();
    try (RowReader rows = open()) {
      long row = 0;
      for (Cell[] cells = rows.next(); cells != null; cells = rows.next()) {
        long atMillis = millis(cell(cells, at), rows);
        for (int dimension = 0; dimension < ids.length; dimension++) {
          Cell id = cell(cells, ids[dimension]);
          if (id != null) {
            questions.ask(new Step.Asked(dimension, id(id, rows), atMillis, row));
          }
        }
        row++;
      }
      return row;
    }
  }

  private int index(String name) {
    return columns.stream().map(Column::name).toList().indexOf(name);
  }

  /** A row of JSON lines ends with the last column known so far. */
  private static Cell cell(Cell[] cells, int index) {
    return index < cells.length ? cells[index] : null;
  }

  private static long millis(Cell at, RowReader rows) throws IOException {
    long millis = at == null ? Timestamps.UNPARSABLE : millis(at);
    if (millis == Timestamps.UNPARSABLE) {
      throw new IOException(
          "%s has %s in column at: write RFC 3339 or epoch milliseconds"
              .formatted(rows.place(), at == null ? "nothing" : "'" + at.text() + "'"));
    }
    return millis;
  }

  private static long millis(Cell at) {
    if (at.kind() != Kind.INTEGER) {
      return Timestamps.parse(at.text());
    }
    long millis = Long.parseLong(at.text());
    return Math.abs(millis) > EventJudge.NO_CLOCK ? Timestamps.UNPARSABLE : millis;
  }

  private static String id(Cell cell, RowReader rows) throws IOException {
    if (cell.kind() == Kind.JSON
        || (cell.kind() == Kind.NUMBER && FLOATED_ID.matcher(cell.text()).matches())) {
      throw new IOException(
          "%s has an id %s: ids are strings or integers".formatted(rows.place(), cell.text()));
    }
    return cell.text();
  }
}
