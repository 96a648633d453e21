package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Timestamps;
import dev.freshet.fold.FeatureValues;
import dev.freshet.replay.sort.KeyReader;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Cell.Kind;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.RowReader;
import dev.freshet.replay.table.RowWriter;
import dev.freshet.replay.table.TableFormat;
import dev.freshet.state.Past;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A folder of tables of histories, which a cluster computed and {@code backfill} installs: a row
 * for each entity, with the group, the declaration and the seam that it was computed for.
 */
public final class PastTable {

  /** The columns; there are no features. */
  public static final List<Column> COLUMNS =
      List.of(
          new Column("feature_group", Kind.TEXT),
          new Column("declaration", Kind.TEXT),
          new Column("seam", Kind.TIMESTAMP),
          new Column("entity", Kind.TEXT),
          new Column("history", Kind.TEXT));

  private static final FeatureValues NONE = new FeatureValues(0);

  private PastTable() {}

  /** Writes a history as bytes, for {@link #write}. */
  public static byte[] row(KeyWriter out, String entity, Past past) {
    byte[] name = out.text(entity).number(past.seamMillis()).take();
    byte[] row = Arrays.copyOf(name, name.length + past.bytes().length);
    System.arraycopy(past.bytes(), 0, row, name.length, past.bytes().length);
    return row;
  }

  /**
   * Writes histories to a table.
   *
   * @param rows what {@link #row} made
   * @param report counts the rows
   */
  public static void write(
      Iterator<byte[]> rows, FeatureGroup group, RowWriter table, ReplayReport report)
      throws IOException {
    while (rows.hasNext()) {
      byte[] row = rows.next();
      KeyReader in = new KeyReader(row);
      String entity = in.text();
      String seam = Instant.ofEpochMilli(in.number()).toString();
      byte[] past = Arrays.copyOfRange(row, in.position(), row.length);
      Cell[] cells = {
        Cell.text(group.name()),
        Cell.text(group.fingerprint()),
        new Cell(Kind.TIMESTAMP, seam),
        Cell.text(entity),
        Cell.text(Base64.getEncoder().encodeToString(past))
      };
      table.write(cells, NONE);
      report.row();
    }
  }

  /**
   * Reads all tables of a folder.
   *
   * @throws IOException if one cannot be read, or was computed for another group, declaration or
   *     seam; the message is one line
   */
  public static void read(
      Path folder, FeatureGroup group, long seamMillis, PastWalk.Receiver receiver)
      throws IOException {
    for (Path file : files(folder)) {
      Set<String> texts = COLUMNS.stream().map(Column::name).collect(Collectors.toSet());
      try (RowReader rows = TableFormat.require(file.toString()).read(file, texts)) {
        for (Cell[] row = rows.next(); row != null; row = rows.next()) {
          read(row, rows, group, seamMillis, receiver);
        }
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.exists(folder.resolve("_SUCCESS"))) {
      throw new IOException(
          folder + " has no file _SUCCESS: let replay-spark finish, and name its output folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(each -> TableFormat.of(each).isPresent()).sorted().toList();
    }
  }

  private static void read(
      Cell[] row, RowReader rows, FeatureGroup group, long seamMillis, PastWalk.Receiver receiver)
      throws IOException {
    String[] texts = new String[COLUMNS.size()];
    for (int i = 0; i < texts.length; i++) {
      int column = rows.names().indexOf(COLUMNS.get(i).name());
      if (column < 0 || column >= row.length || row[column] == null) {
        throw new IOException(
            "%s has nothing in column %s".formatted(rows.place(), COLUMNS.get(i).name()));
      }
      texts[i] = row[column].text();
    }
    long seam = Timestamps.parse(texts[2]);
    if (!texts[0].equals(group.name())
        || !texts[1].equals(group.fingerprint())
        || seam != seamMillis) {
      throw new IOException(
          "%s is of %s, declaration %s, seam %s; expected %s, %s, %s: compute it again"
              .formatted(
                  rows.place(),
                  texts[0],
                  texts[1],
                  texts[2],
                  group.name(),
                  group.fingerprint(),
                  Instant.ofEpochMilli(seamMillis)));
    }
    receiver.receive(texts[3], new Past(seam, Base64.getDecoder().decode(texts[4])));
  }
}
