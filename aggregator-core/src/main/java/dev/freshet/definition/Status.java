package dev.freshet.definition;

import dev.freshet.aggregation.EdgeTime;
import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The items that have entered one stage and none of some others. As a feature it is their number;
 * {@link #sum} and {@link #oldest} are further features of them.
 *
 * @param name the feature's name, lower snake case
 * @param since the stage that starts the status; the look-back is measured from it
 * @param until the stages that end it
 */
public record Status(String name, Stage since, List<Stage> until) implements StatusFeature {

  public Status {
    Names.requireSnakeCase("status", name);
    until = List.copyOf(until);
    if (until.isEmpty()) {
      throw new IllegalArgumentException("status " + name + " needs a stage that ends it");
    }
    if (until.contains(since)) {
      throw new IllegalArgumentException(
          "status %s ends with the stage it starts with, %s: name another in until()"
              .formatted(name, since.name()));
    }
    for (Stage each : until) {
      if (!each.lifecycle().equals(since.lifecycle())) {
        throw new IllegalArgumentException(
            "status %s begins in lifecycle %s and ends in %s: a status has stages of one"
                .formatted(name, since.lifecycle().name(), each.lifecycle().name()));
      }
    }
  }

  /** Starts a status: {@code open("seated").since(SEATED).until(PAID, LEFT)}. */
  public static Since open(String name) {
    return since -> until -> new Status(name, since, List.of(until));
  }

  /** Returns the sum of a number of the items, which the events of the first stage carry. */
  public Sum sum(String feature, Input number) {
    return new Sum(Names.requireSnakeCase("sum", feature), this, number);
  }

  /** Returns the instant at which the status of the oldest item began; named {@code <name>_at}. */
  public Oldest oldest(String feature) {
    return new Oldest(Names.requireSnakeCase("oldest", feature) + EdgeTime.ENDING, this);
  }

  @Override
  public Status status() {
    return this;
  }

  @Override
  public String formula() {
    return "the number of items " + condition();
  }

  private String condition() {
    return since.name()
        + " by t and by then not "
        + until.stream().map(Stage::name).collect(Collectors.joining(", not "));
  }

  /** See {@link Status#sum}. */
  public record Sum(String name, Status status, Input number) implements StatusFeature {
    public Sum {
      if (number.isText() || Columns.isWide(number)) {
        throw new IllegalArgumentException(
            "sum() of open items takes a number of at most 6 fraction digits, not " + number);
      }
    }

    @Override
    public String formula() {
      return "Σ " + number + " of the items " + status.condition();
    }
  }

  /** See {@link Status#oldest}. */
  public record Oldest(String name, Status status) implements StatusFeature {
    @Override
    public String formula() {
      return "the earliest time, in epoch milliseconds, of the items " + status.condition();
    }
  }

  /** The step that names the stage a status starts with. */
  @FunctionalInterface
  public interface Since {
    Until since(Stage stage);
  }

  /** The step that names the stages a status ends with. */
  @FunctionalInterface
  public interface Until {
    Status until(Stage... stages);
  }
}
