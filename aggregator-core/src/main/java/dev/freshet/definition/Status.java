package dev.freshet.definition;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The number of items that have entered one stage and none of some others.
 *
 * @param name the feature's name, lower snake case
 * @param since the stage that starts the status; the look-back is measured from it
 * @param until the stages that end it
 */
public record Status(String name, Stage since, List<Stage> until) {

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
  }

  /** Starts a status: {@code items("seated").since(SEATED).until(PAID, LEFT)}. */
  public static Since items(String name) {
    return since -> until -> new Status(name, since, List.of(until));
  }

  /** How the value follows from the items of the look-back, for people to read. */
  public String formula() {
    return "the number of items "
        + since.name()
        + " by t and by then not "
        + until.stream().map(Stage::name).collect(Collectors.joining(", not "));
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
