package dev.freshet.replay.spark;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.BytesSink;
import dev.freshet.replay.ReplayScope;
import dev.freshet.replay.SelectedRows;
import dev.freshet.replay.Spine;
import dev.freshet.replay.SpineQuestions;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.ColumnKinds;
import dev.freshet.replay.table.RowReader;
import java.io.IOException;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.input.PortableDataStream;
import scala.Tuple2;

/**
 * A spine of one or more files, in the order of their paths, whose rows are numbered across files.
 * One task reads a file, three times: for its columns, for its questions, and for its cells. If not
 * all rows are selected, a fourth time comes first, to number the rows.
 */
final class ClusterSpine {

  private final String path;
  private final JavaPairRDD<String, PortableDataStream> files;
  private final Set<String> ids;
  private final ReplayScope scope;
  private final List<Column> columns;
  private final Map<String, Long> firstRows;
  private final long rows;

  private ClusterSpine(
      String path,
      JavaPairRDD<String, PortableDataStream> files,
      Set<String> ids,
      ReplayScope scope,
      List<Column> columns,
      Map<String, Long> firstRows,
      long rows) {
    this.path = path;
    this.files = files;
    this.ids = ids;
    this.scope = scope;
    this.columns = columns;
    this.firstRows = firstRows;
    this.rows = rows;
  }

  /**
   * Reads the columns of the files.
   *
   * @param groups all groups; the columns of their dimensions hold ids
   */
  static ClusterSpine of(
      JavaSparkContext spark, String path, List<FeatureGroup> groups, ReplayScope scope)
      throws IOException {
    JavaPairRDD<String, PortableDataStream> files = spark.binaryFiles(path);
    Set<String> ids = Spine.dimensions(groups);
    Map<String, ColumnKinds> parts = columns(files, ids, ReplayScope.ALL, Map.of());
    Map<String, Long> firstRows = new HashMap<>();
    long rows = 0;
    for (Map.Entry<String, ColumnKinds> part : parts.entrySet()) {
      firstRows.put(part.getKey(), rows);
      rows += part.getValue().rows();
    }
    ColumnKinds all = new ColumnKinds();
    // Rows that are not selected do not count for the kind of a column.
    for (Map.Entry<String, ColumnKinds> part :
        (scope.hasAllRows() ? parts : columns(files, ids, scope, firstRows)).entrySet()) {
      add(part.getKey(), part.getValue(), all);
    }
    return new ClusterSpine(path, files, ids, scope, all.columns(), firstRows, rows);
  }

  private static Map<String, ColumnKinds> columns(
      JavaPairRDD<String, PortableDataStream> files,
      Set<String> ids,
      ReplayScope scope,
      Map<String, Long> firstRows) {
    return new TreeMap<>(
        files.mapToPair(file -> columns(file, ids, scope, firstRows)).collectAsMap());
  }

  private static void add(String file, ColumnKinds part, ColumnKinds all) throws IOException {
    try {
      all.add(part);
    } catch (IOException e) {
      throw new IOException("%s and the files before it: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Tuple2<String, ColumnKinds> columns(
      Tuple2<String, PortableDataStream> file,
      Set<String> ids,
      ReplayScope scope,
      Map<String, Long> firstRows)
      throws IOException {
    long first = firstRows.getOrDefault(file._1(), 0L);
    try (RowReader rows = new SelectedRows(Tasks.open(file._1(), file._2(), ids), scope, first)) {
      return new Tuple2<>(file._1(), ColumnKinds.of(rows));
    }
  }

  List<Column> columns() {
    return columns;
  }

  /** Returns the groups of the entities that the spine names and of which a column is wanted. */
  List<FeatureGroup> choose(List<FeatureGroup> groups) throws IOException {
    List<FeatureGroup> chosen = Spine.choose(path, columns, scope.groups(groups, true));
    scope.requireEntities(path, groups, chosen);
    return chosen;
  }

  long rows() {
    return rows;
  }

  /** Returns the questions of the rows as steps, see {@link SpineQuestions}. */
  JavaRDD<byte[]> questions(Declarations wanted, boolean before) {
    List<Column> all = columns;
    return rows(
        () -> {
          SpineQuestions questions = new SpineQuestions(all, wanted.columns(), before);
          return questions::ask;
        });
  }

  /** Returns the cells of the rows, see {@link JoinedRows}. */
  JavaRDD<byte[]> kept() {
    return rows(
        () -> {
          KeyWriter out = new KeyWriter();
          return (cells, row, rows, sink) -> sink.add(JoinedRows.write(out, row, cells));
        });
  }

  /** Creates the writer of a file's rows, in the task that reads it. */
  private interface Writers extends Serializable {
    Writer create();
  }

  private interface Writer {
    void write(Cell[] cells, long row, RowReader rows, BytesSink out) throws IOException;
  }

  private JavaRDD<byte[]> rows(Writers writers) {
    List<Column> all = columns;
    Map<String, Long> first = firstRows;
    Set<String> idColumns = ids;
    ReplayScope selected = scope;
    return files.flatMap(
        file ->
            rows(
                Tasks.open(file._1(), file._2(), idColumns),
                all,
                selected,
                first.get(file._1()),
                writers.create()));
  }

  /** Writes the rows of a file, each with a cell for every column of the whole spine. */
  private static PulledBytes rows(
      RowReader rows, List<Column> all, ReplayScope scope, long first, Writer writer) {
    Map<String, Integer> indexes = new HashMap<>();
    all.forEach(column -> indexes.put(column.name(), indexes.size()));
    long[] row = {first};
    return new PulledBytes(
        out -> {
          Cell[] found = rows.next();
          if (found == null) {
            rows.close();
            return false;
          }
          long number = row[0]++;
          if (!scope.hasRow(found, number, rows)) {
            return true;
          }
          List<String> names = rows.names();
          Cell[] cells = new Cell[indexes.size()];
          for (int i = 0; i < found.length; i++) {
            cells[indexes.get(names.get(i))] = found[i];
          }
          writer.write(cells, number, rows, out);
          return true;
        });
  }
}
