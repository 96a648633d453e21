package dev.freshet.history;

import dev.freshet.aggregation.Summary;
import dev.freshet.events.Selection;
import java.util.List;

/**
 * A part of what tiles keep: a summary of the events of a selection.
 *
 * @param spans the windows that use it
 */
record TilePart(Selection selection, Summary summary, List<HistorySpan> spans) {

  /** Returns the measure of no events. */
  Measure empty() {
    return Measure.of(summary, selection);
  }
}
