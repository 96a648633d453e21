package dev.freshet.replay.spark;

import dev.freshet.replay.ReplayReport;
import java.io.Serializable;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * Collects the reports of the parts of the job. Spark may do a part again, after a failure or for a
 * sample; then it reports the same again, which counts once.
 */
final class Reports extends AccumulatorV2<Reports.Part, ReplayReport> {

  /** The report of a part of the work, whose name is unique. */
  record Part(String name, ReplayReport report) implements Serializable {}

  private final Map<String, ReplayReport> parts = new ConcurrentSkipListMap<>();

  @Override
  public boolean isZero() {
    return parts.isEmpty();
  }

  @Override
  public AccumulatorV2<Part, ReplayReport> copy() {
    Reports copy = new Reports();
    copy.parts.putAll(parts);
    return copy;
  }

  @Override
  public void reset() {
    parts.clear();
  }

  @Override
  public void add(Part part) {
    parts.put(part.name(), part.report());
  }

  @Override
  public void merge(AccumulatorV2<Part, ReplayReport> other) {
    parts.putAll(((Reports) other).parts);
  }

  @Override
  public ReplayReport value() {
    ReplayReport all = new ReplayReport();
    parts.values().forEach(all::add);
    return all;
  }
}
