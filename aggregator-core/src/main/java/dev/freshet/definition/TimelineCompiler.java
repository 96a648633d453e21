package dev.freshet.definition;

import static dev.freshet.timeline.Interval.ONE;

import dev.freshet.timeline.Interval;
import dev.freshet.timeline.Interval.End;
import dev.freshet.timeline.Timeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Turns the windows and statuses of a declaration into the intervals of a timeline. */
final class TimelineCompiler {

  /** The weights of an event with a value: whole units, millionths, and whether it has one. */
  private static final int UNITS = 0;

  private static final int MICROS = 1;
  private static final int PRESENT = 2;

  /**
   * Stages of one order may be dated out of order by clocks that differ; a stage dated up to this
   * much before the order's creation still finds the order held.
   */
  private static final Duration STAGE_SKEW = Duration.ofHours(1);

  private final String group;
  private final List<Stage> stages;
  private final boolean hasValue;
  private final List<Interval> intervals = new ArrayList<>();
  private final List<TotalFeature> features = new ArrayList<>();

  TimelineCompiler(String group, List<Stage> stages, boolean hasValue) {
    this.group = group;
    this.stages = stages;
    this.hasValue = hasValue;
  }

  List<TotalFeature> features() {
    return features;
  }

  void add(TimeWindow window, Aggregate aggregate) {
    String name = aggregate.stem() + "_" + window.label();
    long millis = window.length().toMillis();
    if (aggregate instanceof Aggregate.Entered entered) {
      features.add(new TotalFeature.Count(name, total(entered.stage(), millis, ONE)));
    } else if (aggregate instanceof Aggregate.Events) {
      features.add(new TotalFeature.Count(name, eventTotal(millis, ONE)));
    } else if (aggregate instanceof Aggregate.Sum) {
      features.add(
          new TotalFeature.Sum(name, eventTotal(millis, UNITS), eventTotal(millis, MICROS)));
    } else {
      features.add(
          new TotalFeature.Average(
              name,
              eventTotal(millis, UNITS),
              eventTotal(millis, MICROS),
              eventTotal(millis, PRESENT)));
    }
  }

  void add(LookBack lookBack, Status status) {
    List<End> ends = new ArrayList<>();
    ends.add(new End(index(status.since()), lookBack.length().toMillis()));
    status.until().forEach(stage -> ends.add(new End(index(stage), 0)));
    features.add(
        new TotalFeature.Count(
            status.name(), total(new Interval(index(status.since()), ends, ONE))));
  }

  Timeline compile() {
    return new Timeline(
        Math.max(1, stages.size()), hasValue ? PRESENT + 1 : 0, intervals, holdMillis());
  }

  private long holdMillis() {
    long longest =
        intervals.stream()
            .flatMap(interval -> interval.ends().stream())
            .mapToLong(End::offsetMillis)
            .max()
            .orElse(0);
    return stages.isEmpty() ? longest : longest + STAGE_SKEW.toMillis();
  }

  private int eventTotal(long millis, int weight) {
    require(stages.isEmpty(), "events(), sum() and average() go with reads(), not with follows()");
    require(weight == ONE || hasValue, "sum() and average() need a value");
    return total(new Interval(0, List.of(new End(0, millis)), weight));
  }

  private int total(Stage stage, long millis, int weight) {
    int index = index(stage);
    return total(new Interval(index, List.of(new End(index, millis)), weight));
  }

  /** The index of the total of an interval; features that need the same one share it. */
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
