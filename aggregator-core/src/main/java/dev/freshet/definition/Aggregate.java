package dev.freshet.definition;

/** A computation over the events or stages in a time window. */
public sealed interface Aggregate {

  /** Counts events; the feature is named {@code <name>_<window>}. */
  static Aggregate events(String name) {
    return new Events(Names.requireSnakeCase("aggregate", name));
  }

  /** Counts items that entered a stage; the feature is named {@code <stage>_<window>}. */
  static Aggregate entered(Stage stage) {
    return new Entered(stage);
  }

  /** Sums the group's value exactly, 0 if no event has one; named {@code <name>_sum_<window>}. */
  static Aggregate sum(String name) {
    return new Sum(Names.requireSnakeCase("aggregate", name));
  }

  /** Averages the group's value, absent if no event has one; named {@code <name>_mean_<window>}. */
  static Aggregate average(String name) {
    return new Average(Names.requireSnakeCase("aggregate", name));
  }

  /** The feature's name without the window. */
  String stem();

  /** The formula of the feature value, for people to read. */
  String formula();

  /** See {@link #events}. */
  record Events(String stem) implements Aggregate {
    @Override
    public String formula() {
      return "the number of events";
    }
  }

  /** See {@link #entered}. */
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

  /** See {@link #sum}. */
  record Sum(String name) implements Aggregate {
    @Override
    public String stem() {
      return name + "_sum";
    }

    @Override
    public String formula() {
      return "Σ x of the events that carry one, an exact decimal sum; 0 of none";
    }
  }

  /** See {@link #average}. */
  record Average(String name) implements Aggregate {
    @Override
    public String stem() {
      return name + "_mean";
    }

    @Override
    public String formula() {
      return "Σ x / n of the n events that carry one; absent if n = 0";
    }
  }
}
