package dev.freshet.benchmarks;

import dev.freshet.benchmarks.part.AllGroups;
import dev.freshet.benchmarks.part.Replication;
import dev.freshet.benchmarks.part.Series;
import dev.freshet.benchmarks.part.SideBySide;
import dev.freshet.benchmarks.part.SmallFunction;
import dev.freshet.benchmarks.part.WholePath;
import dev.freshet.benchmarks.part.Workbench;
import dev.freshet.benchmarks.report.BenchResults;
import dev.freshet.benchmarks.report.Report;
import java.util.List;
import java.util.Set;

/** The parts of a run. */
enum BenchPart {
  /** From event bytes to features in the feature store, beside one event at a time. */
  PATH,
  /** The engine at several batch sizes, and both references. */
  REFERENCES,
  /** Cost against the events that one key holds. */
  HELD,
  /** Cost against the length of last-N lists. */
  LAST,
  /** Cost against the number of keys. */
  KEYS,
  /** The engine of all feature groups. */
  GROUPS,
  /** The cost of waiting for a replica. */
  REPLICAS,
  /** Heap and pauses in a function of 512 MB. */
  MEMORY;

  /** Measures some of the parts, one after the other. */
  static BenchResults measure(Set<BenchPart> parts, Workbench bench) {
    return new BenchResults(
        Report.machine(bench.store().version()),
        parts.contains(PATH) ? WholePath.measure(bench) : null,
        parts.contains(REFERENCES) ? SideBySide.measure(bench) : null,
        parts.contains(HELD) ? Series.held(bench) : List.of(),
        parts.contains(LAST) ? Series.lastEventsHeld(bench) : List.of(),
        parts.contains(KEYS) ? Series.keys(bench) : List.of(),
        parts.contains(GROUPS) ? AllGroups.measure(bench) : null,
        parts.contains(REPLICAS) ? Replication.measure(bench) : List.of(),
        parts.contains(MEMORY) ? SmallFunction.measure(bench) : List.of());
  }
}
