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
  private final SpineColumns columns;
  private final Map<String, Long> firstRows;
  private final long rows;

  private ClusterSpine(
      JavaPairRDD<String, PortableDataStream> files,
      SpineColumns columns,
      Map<String, Long> firstRows,
      long rows) {
    this.files = files;
    this.columns = columns;
    this.firstRows = firstRows;
    this.rows = rows;
  }

  /** Reads the files for their columns. */
  static ClusterSpine of(JavaSparkContext spark, String path) {
    JavaPairRDD<String, PortableDataStream> files = spark.binaryFiles(path);
    Map<String, ColumnKinds> parts =
        new TreeMap<>(files.mapToPair(ClusterSpine::learn).collectAsMap());
    ColumnKinds all = new ColumnKinds();
    Map<String, Long> firstRows = new HashMap<>();
    parts.forEach(
        (file, part) -> {
          firstRows.put(file, all.rows());
          all.add(part);
        });
    return new ClusterSpine(files, new SpineColumns(path, all.columns()), firstRows, all.rows());
  }

  private static Tuple2<String, ColumnKinds> learn(Tuple2<String, PortableDataStream> file)
      throws IOException {
    try (SpinePart part = SpinePart.open(file._1(), file._2())) {
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

  /** What the rows ask, as steps. */
  JavaRDD<byte[]> questions(Declarations wanted) {
    List<Column> all = columns();
    Map<String, Long> first = firstRows;
    return files.flatMap(
        file -> asking(SpinePart.open(file._1(), file._2()), all, first.get(file._1()), wanted));
  }

  private static SpineRows asking(
      SpinePart part, List<Column> all, long firstRow, Declarations wanted) {
    SpineQuestions questions = new SpineQuestions(all, wanted.columns());
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
    return files.flatMap(
        file -> keeping(SpinePart.open(file._1(), file._2()), all, first.get(file._1())));
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
