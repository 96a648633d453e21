package dev.freshet.definition;

import dev.freshet.timeline.Timeline;
import dev.freshet.transformation.Transformation;
import java.util.List;
import java.util.Optional;

/** How a feature group turns the state of a key into features. */
public sealed interface Computation {

  /** The number each event contributes, if any. */
  Optional<Value> value();

  /** Features of the values of the last events. */
  record OfLastEvents(LastEvents window, Value eachValue, List<Transformation> transformations)
      implements Computation {
    public OfLastEvents {
      transformations = List.copyOf(transformations);
    }

    @Override
    public Optional<Value> value() {
      return Optional.of(eachValue);
    }
  }

  /**
   * Features of time windows.
   *
   * @param stages the stages of an order; empty where the items are events
   * @param totals how each feature follows from the timeline's totals
   */
  record OfTimeline(
      Timeline timeline, List<Stage> stages, Optional<Value> value, List<TotalFeature> totals)
      implements Computation {
    public OfTimeline {
      stages = List.copyOf(stages);
      totals = List.copyOf(totals);
    }

    public boolean itemsAreOrders() {
      return !stages.isEmpty();
    }
  }
}
