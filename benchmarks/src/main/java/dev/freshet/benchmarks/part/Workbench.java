package dev.freshet.benchmarks.part;

import dev.freshet.benchmarks.measure.Store;
import dev.freshet.stream.RecordSink;
import java.util.function.Consumer;

/**
 * The settings and servers that every part of a run needs.
 *
 * @param copy a second Redis, for a copy of the state
 * @param sink gets the results of what is measured
 * @param progress is told what is being done
 */
public record Workbench(
    Store store, Store copy, Extent extent, long seed, RecordSink sink, Consumer<String> progress) {

  void tell(String what) {
    progress.accept(what);
  }
}
