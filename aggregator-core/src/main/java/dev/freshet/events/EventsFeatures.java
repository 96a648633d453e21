package dev.freshet.events;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.fold.Occurrence;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import java.util.List;

/** The features of windows over the last N and over time, and the events that they see. */
final class EventsFeatures {

  private final Columns columns;
  private final List<Selection> selections;
  private final List<Computed> computed;
  private final boolean hasTimeWindows;
  private final boolean hasLastOfAnyAge;
  private final long longestAgeMillis;

  /** A feature: what is computed from the events of a selection. */
  record Computed(int selection, Aggregation aggregation, boolean isText) {}

  /**
   * @param selections the events that features see, each once
   * @param computed the features, in order
   */
  EventsFeatures(Columns columns, List<Selection> selections, List<Computed> computed) {
    this.columns = columns;
    this.selections = List.copyOf(selections);
    this.computed = List.copyOf(computed);
    this.hasTimeWindows = selections.stream().anyMatch(Selection::isTimeWindow);
    this.hasLastOfAnyAge =
        selections.stream().anyMatch(each -> !each.isTimeWindow() && !each.hasAge());
    this.longestAgeMillis = selections.stream().mapToLong(Selection::holdMillis).max().orElse(0);
  }

  Columns columns() {
    return columns;
  }

  List<Selection> selections() {
    return selections;
  }

  List<Computed> computed() {
    return computed;
  }

  /** Returns the events that a feature sees. */
  Selection seenBy(int feature) {
    return selections.get(computed.get(feature).selection());
  }

  Filter filterOf(Selection selection) {
    return selection.filter() < 0 ? null : columns.filters().get(selection.filter());
  }

  /** Returns whether an event may change a feature. */
  boolean use(Occurrence event) {
    for (Selection each : selections) {
      if (each.isTimeWindow() || each.sees(event)) {
        return true; // in a time window, events make features 0 instead of absent
      }
    }
    return false;
  }

  boolean hasTimeWindows() {
    return hasTimeWindows;
  }

  /** Returns whether there are last events of any age. */
  boolean hasLastOfAnyAge() {
    return hasLastOfAnyAge;
  }

  /** Returns whether events leave a window as they grow old. */
  boolean haveAges() {
    return selections.stream().anyMatch(Selection::hasAge);
  }

  /** The age at which an event has left every time window; 0 without one. */
  long holdMillis() {
    return selections.stream()
        .filter(Selection::isTimeWindow)
        .mapToLong(Selection::holdMillis)
        .max()
        .orElse(0);
  }

  /** The age at which an event has left every window in which events have an age; 0 without one. */
  long longestAgeMillis() {
    return longestAgeMillis;
  }
}
