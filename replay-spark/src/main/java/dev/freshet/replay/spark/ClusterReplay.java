package dev.freshet.replay.spark;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;

import dev.freshet.definition.Catalogue;
import dev.freshet.definition.FeatureGroup;
import dev.freshet.replay.PastTable;
import dev.freshet.replay.PublishedRows;
import dev.freshet.replay.ReplayReport;
import dev.freshet.replay.ReplayScope;
import dev.freshet.replay.events.EventSource;
import dev.freshet.replay.events.EventTally;
import dev.freshet.replay.table.TableFormat;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * Replays files of events on a Spark cluster. Writes the same rows as {@code Replay}, in the same
 * order, to a folder of parts.
 */
final class ClusterReplay {

  private static final Comparator<byte[]> UNSIGNED =
      (Comparator<byte[]> & Serializable) Arrays::compareUnsigned;

  private final JavaSparkContext spark;
  private final ReplayScope scope;
  private final Duration timeToLive;
  private final int partitions;

  /**
   * @param partitions the number of partitions of the entities, and of the output
   */
  ClusterReplay(JavaSparkContext spark, ReplayScope scope, Duration timeToLive, int partitions) {
    this.spark = spark;
    this.scope = scope;
    this.timeToLive = timeToLive;
    this.partitions = partitions;
  }

  /** See {@code Replay.results}. */
  ReplayReport results(List<EventSource> events, String folder) throws IOException {
    Reports reports = reports();
    Declarations declared = Declarations.ofResults(scope);
    ReplayScope selected = scope;
    // The sort reads a sample first; without this, it would replay everything twice.
    JavaRDD<byte[]> rows =
        walk(steps(events, declared, reports), declared, true, reports)
            .filter(selected::hasPublished)
            .persist(StorageLevel.DISK_ONLY());
    output(folder, reports)
        .write(
            PublishedRows.COLUMNS,
            declared,
            PublishedRows::write,
            () -> keyed(rows).sortByKey(UNSIGNED, true, partitions).keys());
    rows.unpersist();
    return reports.value();
  }

  /** See {@code Replay.join}. */
  ReplayReport join(List<EventSource> events, String spineFiles, String folder, boolean before)
      throws IOException {
    Reports reports = reports();
    Output output = output(folder, reports);
    List<FeatureGroup> groups = Catalogue.load().groups();
    ClusterSpine spine = ClusterSpine.of(spark, spineFiles, groups, scope);
    Declarations wanted = Declarations.ofSpine(spine.choose(groups), scope);
    TableFormat.require(folder).requireKept(spine.columns());
    JavaRDD<byte[]> steps = steps(events, wanted, reports).union(spine.questions(wanted, before));
    JavaRDD<byte[]> rows = walk(steps, wanted, false, reports).union(spine.kept());
    output.write(
        spine.columns(),
        wanted,
        new JoinedRows(spine.columns().size()),
        () -> sorted(rows, BytesPartitioner.byRow(spine.rows(), partitions)));
    return reports.value();
  }

  /**
   * Writes a {@link PastTable} of the histories of a group's entities.
   *
   * @throws IOException if the files do not reach the seam, or as the other jobs
   */
  ReplayReport pasts(List<EventSource> events, FeatureGroup group, long seamMillis, String folder)
      throws IOException {
    Reports reports = reports();
    Declarations one = Declarations.ofGroup(group);
    String name = group.name();
    output(folder, reports, tally -> tally.requireReached(name, seamMillis))
        .write(
            PastTable.COLUMNS,
            Declarations.none(),
            (rows, columns, table, report) ->
                PastTable.write(rows, Catalogue.load().group(name), table, report),
            () ->
                sorted(steps(events, one, reports), BytesPartitioner.byEntity(partitions))
                    .mapPartitions(part -> Tasks.pasts(part, one, seamMillis, reports)));
    return reports.value();
  }

  private Output output(String folder, Reports reports) throws IOException {
    return output(folder, reports, EventTally::requireAny);
  }

  private Output output(String folder, Reports reports, Output.Requirement requirement)
      throws IOException {
    return new Output(
        folder, new SerializableConfiguration(spark.hadoopConfiguration()), reports, requirement);
  }

  private Reports reports() {
    Reports reports = new Reports();
    spark.sc().register(reports, "report");
    return reports;
  }

  private JavaRDD<byte[]> steps(List<EventSource> events, Declarations wanted, Reports reports) {
    return events.stream()
        .collect(groupingBy(EventSource::stream, mapping(EventSource::file, joining(","))))
        .entrySet()
        .stream()
        .map(each -> steps(each.getKey(), each.getValue(), wanted, reports))
        .reduce(JavaRDD::union)
        .orElseThrow();
  }

  private JavaRDD<byte[]> steps(String stream, String paths, Declarations wanted, Reports reports) {
    return spark
        .binaryFiles(paths)
        .flatMap(file -> Tasks.steps(stream, file._1(), file._2(), wanted, reports))
        .filter(wanted.scope()::hasStep);
  }

  private JavaRDD<byte[]> walk(
      JavaRDD<byte[]> steps, Declarations wanted, boolean writesPublished, Reports reports) {
    Duration toLive = timeToLive;
    return sorted(steps, BytesPartitioner.byEntity(partitions))
        .mapPartitions(part -> Tasks.rows(part, wanted, toLive, writesPublished, reports));
  }

  private static JavaRDD<byte[]> sorted(JavaRDD<byte[]> records, Partitioner partitioner) {
    return keyed(records).repartitionAndSortWithinPartitions(partitioner, UNSIGNED).keys();
  }

  /** Makes each record a sort key; the value is unused. */
  private static JavaPairRDD<byte[], Boolean> keyed(JavaRDD<byte[]> records) {
    return records.mapToPair(record -> new Tuple2<>(record, Boolean.TRUE));
  }
}
