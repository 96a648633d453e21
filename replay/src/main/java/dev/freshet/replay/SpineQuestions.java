package dev.freshet.replay;

import dev.freshet.definition.Entity;
import dev.freshet.event.Quote;
import dev.freshet.event.Timestamps;
import dev.freshet.replay.FeatureColumns.OfDimension;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** Makes questions of the rows of a spine: for the features of their entities at their instant. */
public final class SpineQuestions {

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");
  private static final String EXPECTED = "RFC 3339 or an integer of epoch milliseconds";
  private static final String AS_TEXT =
      ". Write integers without a fraction or exponent; ids that only look like such a number,"
          + " as text in .jsonl or .parquet";

  private final List<String> names;
  private final int at;
  private final List<OfDimension> dimensions;
  private final int[] ids;
  private final boolean before;
  private final KeyWriter out = new KeyWriter();

  /**
   * @param columns the columns of the spine
   * @param wanted the features of dimensions that are among these columns
   * @param before whether to leave out the events at the instant itself
   */
  public SpineQuestions(List<Column> columns, FeatureColumns wanted, boolean before) {
    this.before = before;
    this.names = columns.stream().map(Column::name).toList();
    this.at = names.indexOf(Spine.AT);
    this.dimensions = wanted.dimensions();
    this.ids = wanted.dimensions().stream().mapToInt(each -> names.indexOf(each.name())).toArray();
  }

  /**
   * Writes the questions of a row, one for each of its entities.
   *
   * @param rows the reader of the row, which tells its place
   * @throws IOException if the row has no instant, or an id that is neither text nor an integer
   */
  public void ask(Cell[] cells, long row, RowReader rows, BytesSink steps) throws IOException {
    long atMillis = millis(cell(cells, at), rows);
    for (int dimension = 0; dimension < ids.length; dimension++) {
      String entity =
          dimensions.get(dimension).isGlobal() ? Entity.ALL : id(cells, ids[dimension], rows);
      if (entity != null) {
        steps.add(Step.write(out, new Step.Asked(dimension, entity, atMillis, before, row)));
      }
    }
  }

  /** Returns an entity id; null if the cell is absent. */
  private String id(Cell[] cells, int column, RowReader rows) throws IOException {
    Cell id = cell(cells, column);
    return id == null || id.isNaN() ? null : id(id, names.get(column), rows);
  }

  /** Returns a cell; a row of JSON lines may end before the last column. */
  private static Cell cell(Cell[] cells, int index) {
    return index < cells.length ? cells[index] : null;
  }

  /** Returns the instant of a row. */
  static long millis(Cell at, RowReader rows) throws IOException {
    if (at == null || at.isNaN()) {
      throw new IOException(
          "%s has nothing in column at: %s expected".formatted(rows.place(), EXPECTED));
    }
    long millis =
        switch (at.kind()) {
          case TEXT, TIMESTAMP, LOCAL_TIMESTAMP -> at.millis();
          default -> isInteger(at) ? Timestamps.parseInteger(at.text()) : Timestamps.UNPARSABLE;
        };
    if (millis == Timestamps.UNPARSABLE) {
      throw new IOException("%s: at %s".formatted(rows.place(), complaint(at)));
    }
    return millis;
  }

  private static String complaint(Cell at) {
    return switch (at.kind()) {
      case TEXT, TIMESTAMP, LOCAL_TIMESTAMP -> Timestamps.complaint(at.text());
      default ->
          isInteger(at)
              ? Timestamps.integerComplaint(at.text())
              : "is %s, which is %s: %s expected"
                  .formatted(Quote.of(at.text()), described(at.kind()), EXPECTED);
    };
  }

  private static boolean isInteger(Cell cell) {
    return switch (cell.kind()) {
      case INTEGER, LONG -> true;
      case DIGITS -> INTEGER.matcher(cell.text()).matches();
      default -> false;
    };
  }

  private static String id(Cell cell, String column, RowReader rows) throws IOException {
    if (cell.kind() != Kind.TEXT && !isInteger(cell)) {
      throw new IOException(
          "%s has %s in column %s, which is %s: ids are text or integers%s"
              .formatted(
                  rows.place(),
                  Quote.of(cell.text()),
                  column,
                  described(cell.kind()),
                  cell.kind() == Kind.NUMBER ? AS_TEXT : ""));
    }
    return cell.kind() != Kind.TEXT && cell.text().equals("-0") ? "0" : cell.text();
  }

  private static String described(Kind kind) {
    return switch (kind) {
      case NUMBER -> "a floating-point number";
      case DIGITS -> "a number with a fraction";
      case BOOLEAN -> "true or false";
      case JSON -> "an object or array";
      case BYTES -> "bytes (shown in Base64)";
      default -> "a date or time";
    };
  }
}
