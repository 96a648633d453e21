package dev.freshet.replay;

import dev.freshet.event.Timestamps;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowReader;
import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** What the rows of a spine ask: after the features of their entities at their instant. */
public final class SpineQuestions {

  /** An id that went through a floating-point column; it would silently match nothing. */
  private static final Pattern FLOATED_ID = Pattern.compile("-?[0-9]+\\.0+");

  private final int at;
  private final int[] ids;

  /**
   * @param columns the spine's
   * @param wanted the features of dimensions that are among them
   */
  public SpineQuestions(List<Column> columns, FeatureColumns wanted) {
    List<String> names = columns.stream().map(Column::name).toList();
    this.at = names.indexOf(SpineColumns.AT);
    this.ids =
        wanted.dimensions().stream()
            .mapToInt(each -> names.indexOf(each.dimension().name()))
            .toArray();
  }

  /** Takes what is asked. */
  @FunctionalInterface
  public interface Sink {
    void ask(Step.Asked step) throws IOException;
  }

  /**
   * Asks what a row asks.
   *
   * @param rows where it comes from
   * @throws IOException if it does not say when, or has an id that is none
   */
  public void ask(Cell[] cells, long row, RowReader rows, Sink questions) throws IOException {
    long atMillis = millis(cell(cells, at), rows);
    for (int dimension = 0; dimension < ids.length; dimension++) {
      Cell id = cell(cells, ids[dimension]);
      if (id != null) {
        questions.ask(new Step.Asked(dimension, id(id, rows), atMillis, row));
      }
    }
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
