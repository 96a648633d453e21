package dev.freshet.definition;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.aggregation.Aggregation.Takes;
import dev.freshet.aggregation.Count;
import dev.freshet.aggregation.Summary;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.util.stream.Collectors;

/**
 * A feature of a window: an aggregation over an input of those events that pass a filter, and a
 * name. Created by {@link Aggregates}; immutable.
 */
public sealed interface Aggregate {

  /** The feature's name without the ending of its window. */
  String stem();

  /** The ending of the name, after that of the window. */
  default String ending() {
    return "";
  }

  /** The formula of the feature value, for people to read. */
  String formula();

  /** Returns the formula over a window, with the accuracy of an estimate. */
  default String formula(Window window) {
    return formula();
  }

  /** Returns the feature's name over a window. */
  default String name(Window window) {
    return stem() + window.ending() + ending();
  }

  /**
   * An aggregation of events.
   *
   * @param stem the name without endings
   * @param named what the declaration calls its input; empty if it is named after the aggregation
   *     alone, or has a name of its own
   * @param input the input; null for the group's value
   * @param filter the events that it sees; null for all
   */
  record OfEvents(Aggregation aggregation, String stem, String named, Input input, Filter filter)
      implements Aggregate {

    static OfEvents of(Aggregation aggregation) {
      String stem = Names.requireSnakeCase("aggregation", aggregation.name());
      return new OfEvents(aggregation, stem, "", null, null);
    }

    static OfEvents of(Aggregation aggregation, String named) {
      Names.requireSnakeCase("aggregate", named);
      boolean isCount = aggregation instanceof Count;
      boolean isInstant = !aggregation.ending().isEmpty();
      String stem = isCount || isInstant ? named : named + "_" + aggregation.name();
      return new OfEvents(aggregation, stem, named, null, null);
    }

    /** Returns the same feature of an input of its own. */
    public OfEvents of(Input another) {
      if (input != null) {
        throw new IllegalArgumentException(
            "of() is called twice for %s, with %s and then %s: keep one"
                .formatted(stem, input, another));
      }
      requireFits(another);
      return new OfEvents(aggregation, stem, named, another, filter);
    }

    /** Returns the same feature of the events that pass a filter. */
    public OfEvents where(Filter passing) {
      if (filter != null) {
        throw new IllegalArgumentException(
            "where() is called twice for %s: join the filters with all()".formatted(stem));
      }
      return new OfEvents(aggregation, stem, named, input, passing);
    }

    /** Returns the same feature under another name; the endings of its window are added. */
    public OfEvents as(String name) {
      return new OfEvents(aggregation, Names.requireSnakeCase("feature", name), "", input, filter);
    }

    void requireFits(Input another) {
      Takes takes = aggregation.takes();
      if ((takes == Takes.NUMBERS && another.isText())
          || (takes == Takes.TEXTS && !another.isText())) {
        throw new IllegalArgumentException(
            "%s takes a %s, not %s"
                .formatted(stem, takes == Takes.TEXTS ? "text" : "number", another));
      }
    }

    boolean givesText(Input used) {
      return aggregation.givesText(used != null && used.isText());
    }

    @Override
    public String ending() {
      return aggregation.ending();
    }

    @Override
    public String formula(Window window) {
      String accuracy =
          aggregation.overTiles().stream().map(Summary::accuracy).collect(Collectors.joining());
      return formula()
          + (window instanceof HistoryWindow && !accuracy.isEmpty() ? "; " + accuracy : "");
    }

    @Override
    public String formula() {
      return aggregation.formula()
          + (input == null ? "" : "; x is " + input)
          + (filter == null ? "" : "; of events where " + filter);
    }
  }

  /** Counts the items that entered a stage. */
  record Entered(Stage stage) implements Aggregate {
    @Override
    public String stem() {
      return stage.name();
    }

    @Override
    public String formula() {
      return "the number of items whose " + stage.name() + " time is in the window";
    }
  }
}
