package dev.freshet.definition;

import dev.freshet.format.EventFormat;
import java.time.Duration;
import java.util.List;

/**
 * The life of an item, such as a trip: the member that names the item in events, and how well the
 * clocks of its producers agree. Its stages are declared with {@link #stage}.
 *
 * @param name lower snake case
 * @param item the path of the member that holds the item's id
 * @param skew how much earlier than the first stage a later stage may be dated and still find the
 *     item in the state
 */
public record Lifecycle(String name, String item, Duration skew) {

  private static final Duration USUAL_SKEW = Duration.ofHours(1);

  public Lifecycle {
    Names.requireSnakeCase("lifecycle", name);
    item = EventFormat.path(item);
    if (skew.isNegative()) {
      throw new IllegalArgumentException(
          "the skew of lifecycle %s must not be negative: %s".formatted(name, skew));
    }
  }

  /**
   * Starts a declaration: {@code Lifecycle.named("trip").by("trip.id")}, with a skew of one hour.
   */
  public static By named(String name) {
    return item -> new Lifecycle(name, item, USUAL_SKEW);
  }

  /** Returns the same lifecycle with another skew. */
  public Lifecycle skew(Duration most) {
    return new Lifecycle(name, item, most);
  }

  /**
   * Returns a stage of the item's life.
   *
   * @param stage lower snake case, such as {@code created}
   * @param enteredBy the types of events by which an item enters it
   */
  public Stage stage(String stage, EventType... enteredBy) {
    return new Stage(this, stage, List.of(enteredBy));
  }

  /** The step that names the member of the item. */
  @FunctionalInterface
  public interface By {
    Lifecycle by(String item);
  }
}
