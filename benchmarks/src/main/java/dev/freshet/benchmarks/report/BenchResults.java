package dev.freshet.benchmarks.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.freshet.benchmarks.measure.Point;
import dev.freshet.benchmarks.part.AllGroups;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.part.SmallFunction;
import dev.freshet.benchmarks.part.WholePath;
import java.util.List;

/**
 * All that one run has measured; a part that was left out is null or empty.
 *
 * @param machine what it ran on, in words
 * @param path from event bytes to features in the feature store
 */
public record BenchResults(
    String machine,
    WholePath path,
    SideBySide sideBySide,
    List<Point> held,
    List<Point> lastEvents,
    List<Point> keys,
    AllGroups allGroups,
    List<Point> replicas,
    List<SmallFunction> smallFunctions) {

  /** Returns the goals that this run can tell about. */
  @JsonProperty
  List<Goal> goals() {
    return Goal.of(this);
  }
}
