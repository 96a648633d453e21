package dev.freshet.definition;

/** What a time window computes of the events or stages in it. */
public sealed interface Aggregate {

  /** The number of events, named {@code <name>_<window>}. */
  static Aggregate events(String name) {
    return new Events(Names.requireSnakeCase("aggregate", name));
  }

  /** The number of orders that entered a stage, named {@code <stage>_<window>}. */
  static Aggregate entered(Stage stage) {
    return new Entered(stage);
  }

  /** The exact sum of the group's value, named {@code <name>_sum_<window>}; 0 of no value. */
  static Aggregate sum(String name) {
    return new Sum(Names.requireSnakeCase("aggregate", name));
  }

  /** The mean of the group's value, named {@code <name>_mean_<window>}; absent of no value. */
  static Aggregate average(String name) {
    return new Average(Names.requireSnakeCase("aggregate", name));
  }

  /** The feature's name without the window. */
  String stem();

  /** See {@link #events}. */
  record Events(String stem) implements Aggregate {}

  /** See {@link #entered}. */
  record Entered(Stage stage) implements Aggregate {
    @Override
    public String stem() {
      return stage.name();
    }
  }

  /** See {@link #sum}. */
  record Sum(String name) implements Aggregate {
    @Override
    public String stem() {
      return name + "_sum";
    }
  }

  /** See {@link #average}. */
  record Average(String name) implements Aggregate {
    @Override
    public String stem() {
      return name + "_mean";
    }
  }
}
