package dev.freshet.definition;

import dev.freshet.timeline.Interval;
import dev.freshet.timeline.Interval.End;
import dev.freshet.timeline.Interval.Weight;
import dev.freshet.timeline.Timeline;
import dev.freshet.timeline.TimelineKind;
import dev.freshet.timeline.TotalFeature;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Translates the windows and statuses of a declaration into the intervals of a timeline. Its items
 * are events, or items with stages.
 */
final class TimelineCompiler {

  /**
   * The clocks of producers differ, so stages of one item may have times out of order. A stage
   * dated up to this much before the item's creation still finds the item in the state.
   */
  private static final Duration STAGE_SKEW = Duration.ofHours(1);

  private final String group;
  private final boolean ofItems;
  private final List<Stage> stages;
  private final List<Interval> intervals = new ArrayList<>();
  private final List<TotalFeature> features = new ArrayList<>();
  private boolean needsValue;

  private TimelineCompiler(String group, boolean ofItems, List<Stage> stages) {
    this.group = group;
    this.ofItems = ofItems;
    this.stages = stages;
  }

  static TimelineCompiler ofEvents(String group) {
    return new TimelineCompiler(group, false, List.of());
  }

  static TimelineCompiler ofItems(String group, List<Stage> stages) {
    return new TimelineCompiler(group, true, stages);
  }

  void add(TimeWindow window, Aggregate aggregate) {
    String name = aggregate.stem() + "_" + window.label();
    long millis = window.length().toMillis();
    if (aggregate instanceof Aggregate.Entered entered) {
      int stage = index(entered.stage());
      features.add(new TotalFeature.Count(name, total(stage, millis, Weight.ONE)));
    } else if (aggregate instanceof Aggregate.Events) {
      features.add(new TotalFeature.Count(name, total(0, millis, Weight.ONE)));
    } else if (aggregate instanceof Aggregate.Sum) {
      needsValue = true;
      features.add(
          new TotalFeature.Sum(
              name, total(0, millis, Weight.UNITS), total(0, millis, Weight.MICROS)));
    } else {
      needsValue = true;
      features.add(
          new TotalFeature.Average(
              name,
              total(0, millis, Weight.UNITS),
              total(0, millis, Weight.MICROS),
              total(0, millis, Weight.PRESENT)));
    }
  }

  void add(LookBack lookBack, Status status) {
    List<End> ends = new ArrayList<>();
    ends.add(new End(index(status.since()), lookBack.length().toMillis()));
    status.until().forEach(stage -> ends.add(new End(index(stage), 0)));
    features.add(
        new TotalFeature.Count(
            status.name(), total(new Interval(index(status.since()), ends, Weight.ONE))));
  }

  /**
   * Returns the finished kind of state.
   *
   * @param eventTypes all event types that the group reads
   * @param read the event types whose events are items themselves
   * @param value the value of an item; null if items have none
   */
  TimelineKind compile(List<EventType> eventTypes, List<EventType> read, Value value) {
    require(ofItems || !read.isEmpty(), "events(), sum() and average() go with reads()");
    require(!needsValue || value != null, "sum() and average() need a value");
    List<EventType> entering = stages.stream().map(Stage::enteredBy).toList();
    return new TimelineKind(
        new Timeline(Math.max(1, stages.size()), intervals, holdMillis()),
        eventTypes.stream()
            .map(type -> ofItems ? entering.indexOf(type) : read.contains(type) ? 0 : -1)
            .toList(),
        stages.stream().map(Stage::name).toList(),
        value != null,
        value != null && value.isRequired(),
        features);
  }

  private long holdMillis() {
    long longest =
        intervals.stream()
            .flatMap(interval -> interval.ends().stream())
            .mapToLong(End::offsetMillis)
            .max()
            .orElse(0);
    return ofItems ? longest + STAGE_SKEW.toMillis() : longest;
  }

  private int total(int stage, long millis, Weight weight) {
    return total(new Interval(stage, List.of(new End(stage, millis)), weight));
  }

  /**
   * Returns the index of the total of an interval; features with equal intervals share one total.
   */
  private int total(Interval interval) {
    if (!intervals.contains(interval)) {
      intervals.add(interval);
    }
    return intervals.indexOf(interval);
  }

  private int index(Stage stage) {
    require(stages.contains(stage), "the stage " + stage.name() + " is not followed");
    return stages.indexOf(stage);
  }

  private void require(boolean condition, String complaint) {
    if (!condition) {
      throw new IllegalArgumentException("feature group " + group + ": " + complaint);
    }
  }
}
