package dev.freshet.history;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Summary;
import dev.freshet.events.Selection;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** The features of a group's history, the events that they see, and what tiles keep for them. */
final class HistoryFeatures {

  private final Columns columns;
  private final List<Seen> seen;
  private final List<Computed> computed;
  private final List<HistorySpan> spans;
  private final List<TilePart> parts = new ArrayList<>();

  /** The events that some features see: those of a selection in a span. */
  record Seen(HistorySpan span, Selection selection) {}

  /** A feature: what is computed from the events that it sees. */
  record Computed(int seen, Aggregation aggregation, List<Summary> needs, boolean isText) {}

  HistoryFeatures(Columns columns, List<Seen> seen, List<Computed> computed) {
    this.columns = columns;
    this.seen = List.copyOf(seen);
    this.computed = List.copyOf(computed);
    this.spans = seen.stream().map(Seen::span).distinct().toList();
    for (Selection selection : seen.stream().map(Seen::selection).distinct().toList()) {
      for (Summary summary : Summary.values()) {
        List<HistorySpan> using = spansUsing(selection, summary);
        if (!using.isEmpty()) {
          parts.add(new TilePart(selection, summary, using));
        }
      }
    }
  }

  private List<HistorySpan> spansUsing(Selection selection, Summary summary) {
    List<HistorySpan> using = new ArrayList<>();
    for (int i = 0; i < seen.size(); i++) {
      if (seen.get(i).selection().equals(selection) && summaries(i).contains(summary)) {
        using.add(seen.get(i).span());
      }
    }
    return using;
  }

  /** Returns what the features that see the same events need to know of them. */
  Set<Summary> summaries(int seenIndex) {
    Set<Summary> needed = EnumSet.of(Summary.COUNT);
    computed.stream()
        .filter(each -> each.seen() == seenIndex)
        .forEach(each -> needed.addAll(each.needs()));
    return needed;
  }

  Columns columns() {
    return columns;
  }

  List<Seen> seen() {
    return seen;
  }

  /** Returns the events that a feature sees. */
  Seen seenBy(int feature) {
    return seen.get(computed.get(feature).seen());
  }

  List<Computed> computed() {
    return computed;
  }

  /** The spans of all features, each once. */
  List<HistorySpan> spans() {
    return spans;
  }

  List<TilePart> parts() {
    return parts;
  }

  Filter filterOf(Selection selection) {
    return selection.filter() < 0 ? null : columns.filters().get(selection.filter());
  }
}
