package dev.freshet.replay;

import dev.freshet.replay.sort.PartitionedSort;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Replays the steps of all partitions, several at a time.
 *
 * @param writesPublished whether rows are the results of events, or else answers
 * @param report takes the counts
 */
record PartitionWalk(
    FeatureColumns columns,
    Duration timeToLive,
    boolean writesPublished,
    ReplayReport report,
    ReplayProgress progress) {

  private static final int STEPS_PER_REPORT = 8_192;

  /** Says which partition takes a row; a negative one for a row that is not wanted. */
  interface Place {
    int of(byte[] row);
  }

  /** Replays all steps, and closes them. The largest partitions come first: they take longest. */
  void walk(PartitionedSort steps, Workers workers, PartitionedSort rows, Place place)
      throws IOException {
    long all = steps.size();
    AtomicLong done = new AtomicLong();
    for (int partition : steps.largestFirst()) {
      workers.start(
          () -> {
            ReplayReport part = new ReplayReport();
            EntityWalk walk = new EntityWalk(columns, timeToLive, writesPublished, part);
            try (PartitionedSort.Writer writer = rows.new Writer()) {
              BytesSink sink = row -> add(row, place.of(row), writer);
              for (Iterator<byte[]> sorted = steps.sorted(partition); sorted.hasNext(); ) {
                walk.take(sorted.next(), sink);
                if (done.incrementAndGet() % STEPS_PER_REPORT == 0) {
                  progress.at("replaying", done.get(), all);
                }
              }
              var unused = walk.end(sink);
            }
            synchronized (report) {
              report.add(part);
            }
          });
    }
    workers.await();
    steps.close();
    progress.at("replaying", all, all);
  }

  private static void add(byte[] row, int partition, PartitionedSort.Writer writer)
      throws IOException {
    if (partition >= 0) {
      writer.add(partition, row);
    }
  }
}
