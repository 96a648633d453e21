package dev.freshet.replay.spark;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.PublishedRows;
import dev.freshet.replay.ReplayReport;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.input.PortableDataStream;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Replays files of events on a Spark cluster; the rows are those of {@code Replay}, in its order,
 * in a folder of parts.
 */
final class ClusterReplay {

  private final JavaSparkContext spark;
  private final Declarations declared;
  private final Duration timeToLive;
  private final int partitions;

  /**
   * @param partitions of the entities, and of the output
   */
  ClusterReplay(
      JavaSparkContext spark, Declarations declared, Duration timeToLive, int partitions) {
    this.spark = spark;
    this.declared = declared;
    this.timeToLive = timeToLive;
    this.partitions = partitions;
  }

  /** See {@code Replay.results}. */
  ReplayReport results(List<String> events, String folder) throws IOException {
    Output output = output(folder);
    Reports reports = reports();
    // The sort looks at a sample first, and nothing is to be replayed twice.
    JavaRDD<byte[]> rows =
        walk(steps(events, declared, reports), declared, true, reports)
            .persist(StorageLevel.DISK_ONLY());
    PartRows parts =
        new PartRows(output, PublishedRows.COLUMNS, declared, reports, PublishedRows::write);
    output.complete(
        () ->
            ofEvents(
                reports,
                parts.write(keyed(rows).sortByKey(ByteOrder.UNSIGNED, true, partitions).keys())));
    rows.unpersist();
    return reports.value();
  }

  /** See {@code Replay.join}. */
  ReplayReport join(List<String> events, String spineFiles, String folder, boolean before)
      throws IOException {
    Output output = output(folder);
    Reports reports = reports();
    List<FeatureGroup> groups = declared.groups();
    ClusterSpine spine = ClusterSpine.of(spark, spineFiles, groups);
    Declarations wanted = Declarations.of(spine.choose(groups));
    Tables.format(folder).requireKept(spine.columns());
    JavaRDD<byte[]> steps = steps(events, wanted, reports).union(spine.questions(wanted, before));
    JavaRDD<byte[]> rows = walk(steps, wanted, false, reports).union(spine.kept());
    RowPartitioner byRow = new RowPartitioner(spine.rows(), partitions);
    PartRows parts =
        new PartRows(
            output, spine.columns(), wanted, reports, new JoinedRows(spine.columns().size()));
    output.complete(() -> ofEvents(reports, parts.write(sorted(rows, byRow))));
    return reports.value();
  }

  /** The parts; not if no event could be used. */
  private static List<String> ofEvents(Reports reports, List<String> parts) throws IOException {
    reports.value().events().requireAny();
    return parts;
  }

  private Output output(String folder) throws IOException {
    return new Output(folder, new SerializableConfiguration(spark.hadoopConfiguration()));
  }

  private Reports reports() {
    Reports reports = new Reports();
    spark.sc().register(reports, "report");
    return reports;
  }

  private JavaRDD<byte[]> steps(List<String> events, Declarations wanted, Reports reports) {
    JavaPairRDD<String, PortableDataStream> files = spark.binaryFiles(String.join(",", events));
    return files.flatMap(file -> new EventSteps(file._1(), file._2(), wanted, reports));
  }

  private JavaRDD<byte[]> walk(
      JavaRDD<byte[]> steps, Declarations wanted, boolean wantsPublished, Reports reports) {
    Duration toLive = timeToLive;
    return sorted(steps, new EntityPartitioner(partitions))
        .mapPartitions(part -> new Walk(part, wanted, toLive, wantsPublished, reports));
  }

  private static JavaRDD<byte[]> sorted(JavaRDD<byte[]> records, Partitioner partitioner) {
    return keyed(records)
        .repartitionAndSortWithinPartitions(partitioner, ByteOrder.UNSIGNED)
        .keys();
  }

  /** What is sorted is the key, and all there is. */
  private static JavaPairRDD<byte[], Boolean> keyed(JavaRDD<byte[]> records) {
    return records.mapToPair(record -> new Tuple2<>(record, Boolean.TRUE));
  }
}
