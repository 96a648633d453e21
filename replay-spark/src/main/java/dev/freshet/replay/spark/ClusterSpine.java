package dev.freshet.replay.spark;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.SpineColumns;
import dev.freshet.replay.SpineQuestions;
import dev.freshet.replay.Step;
import dev.freshet.replay.sort.KeyWriter;
import dev.freshet.replay.table.Cell;
import dev.freshet.replay.table.Column;
import dev.freshet.replay.table.ColumnKinds;
import java.io.IOException;
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
 * A spine of one or many files, in the order of their paths, numbered through. Each is read by one
 * task, three times: for its columns, for what it asks, and for the cells that are kept.
 */
final class ClusterSpine {

  private final JavaPairRDD<String, PortableDataStream> files;
  private final Set<String> ids;
  private final SpineColumns columns;
  private final Map<String, Long> firstRows;
  private final long rows;

  private ClusterSpine(
      JavaPairRDD<String, PortableDataStream> files,
      Set<String> ids,
      SpineColumns columns,
      Map<String, Long> firstRows,
      long rows) {
    this.files = files;
    this.ids = ids;
    this.columns = columns;
    this.firstRows = firstRows;
    this.rows = rows;
  }

  /** Reads the files for their columns, of which those of the groups' dimensions hold ids. */
  static ClusterSpine of(JavaSparkContext spark, String path, List<FeatureGroup> groups)
      throws IOException {
    JavaPairRDD<String, PortableDataStream> files = spark.binaryFiles(path);
    Set<String> ids = SpineColumns.dimensions(groups);
    Map<String, ColumnKinds> parts =
        new TreeMap<>(files.mapToPair(file -> learn(file, ids)).collectAsMap());
    ColumnKinds all = new ColumnKinds();
    Map<String, Long> firstRows = new HashMap<>();
    for (Map.Entry<String, ColumnKinds> part : parts.entrySet()) {
      firstRows.put(part.getKey(), all.rows());
      add(part.getKey(), part.getValue(), all);
    }
    SpineColumns columns = new SpineColumns(path, all.columns());
    return new ClusterSpine(files, ids, columns, firstRows, all.rows());
  }

  private static void add(String file, ColumnKinds part, ColumnKinds all) throws IOException {
    try {
      all.add(part);
    } catch (IOException e) {
      throw new IOException("%s and the files before it: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static Tuple2<String, ColumnKinds> learn(
      Tuple2<String, PortableDataStream> file, Set<String> ids) throws IOException {
    try (SpinePart part = SpinePart.open(file._1(), file._2(), ids)) {
      return new Tuple2<>(file._1(), ColumnKinds.of(part));
    }
  }

  List<Column> columns() {
    return columns.columns();
  }

  List<FeatureGroup> choose(List<FeatureGroup> groups) throws IOException {
    return columns.choose(groups);
  }

  long rows() {
    return rows;
  }

  /**
   * What the rows ask, as steps.
   *
   * @param before see {@link SpineQuestions}
   */
  JavaRDD<byte[]> questions(Declarations wanted, boolean before) {
    List<Column> all = columns();
    Map<String, Long> first = firstRows;
    Set<String> idColumns = ids;
    return files.flatMap(
        file ->
            asking(
                SpinePart.open(file._1(), file._2(), idColumns),
                all,
                first.get(file._1()),
                new SpineQuestions(all, wanted.columns(), before)));
  }

  private static SpineRows asking(
      SpinePart part, List<Column> all, long firstRow, SpineQuestions questions) {
    KeyWriter out = new KeyWriter();
    return new SpineRows(part, all, firstRow) {
      @Override
      void row(Cell[] cells, long row) throws IOException {
        questions.ask(cells, row, part, asked -> push(Step.write(out, asked)));
      }
    };
  }

  /** The rows' cells, as {@link KeptRows}. */
  JavaRDD<byte[]> kept() {
    List<Column> all = columns();
    Map<String, Long> first = firstRows;
    Set<String> idColumns = ids;
    return files.flatMap(
        file ->
            keeping(SpinePart.open(file._1(), file._2(), idColumns), all, first.get(file._1())));
  }

  private static SpineRows keeping(SpinePart part, List<Column> all, long firstRow) {
    KeyWriter out = new KeyWriter();
    return new SpineRows(part, all, firstRow) {
      @Override
      void row(Cell[] cells, long row) {
        push(KeptRows.write(out, row, cells));
      }
    };
  }
}
