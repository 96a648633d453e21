package dev.freshet.definition;

import dev.freshet.input.Columns;
import dev.freshet.input.Input;
import dev.freshet.lifecycle.Interval;
import dev.freshet.lifecycle.Interval.End;
import dev.freshet.lifecycle.Interval.Weight;
import dev.freshet.lifecycle.LifecycleKind;
import dev.freshet.lifecycle.Timeline;
import dev.freshet.lifecycle.TotalFeature;
import java.util.ArrayList;
import java.util.List;

/** Translates the features of one lifecycle into the intervals of a timeline. */
final class LifecycleCompiler {

  private final Lifecycle lifecycle;
  private final List<Stage> stages = new ArrayList<>();
  private final List<Interval> intervals = new ArrayList<>();
  private final List<LifecycleKind.Value> values = new ArrayList<>();
  private final List<TotalFeature> features = new ArrayList<>();
  private Columns columns;

  LifecycleCompiler(Lifecycle lifecycle, Columns columns) {
    this.lifecycle = lifecycle;
    this.columns = columns;
  }

  void add(TimeWindow window, Stage stage) {
    int entered = index(stage);
    List<End> ends = List.of(new End(entered, window.lengthMillis() + window.delayMillis()));
    Interval interval = new Interval(entered, window.delayMillis(), ends, Weight.ONE, -1);
    features.add(new TotalFeature.Count(total(interval)));
  }

  void add(LookBack lookBack, StatusFeature feature) {
    Status status = feature.status();
    List<End> ends = new ArrayList<>();
    ends.add(new End(index(status.since()), lookBack.length().toMillis()));
    status.until().forEach(stage -> ends.add(new End(index(stage), 0)));
    int since = index(status.since());
    if (feature instanceof Status.Sum sum) {
      int value = value(since, sum.number());
      features.add(
          new TotalFeature.Sum(
              total(new Interval(since, 0, ends, Weight.HIGH, value)),
              total(new Interval(since, 0, ends, Weight.LOW, value)),
              sum.number().scale()));
      return;
    }
    int total = total(new Interval(since, 0, ends, Weight.ONE, -1));
    features.add(
        feature instanceof Status.Oldest
            ? new TotalFeature.Oldest(total)
            : new TotalFeature.Count(total));
  }

  /** Returns the finished kind of state. */
  LifecycleKind compile(List<EventType> eventTypes, int mostItems) {
    return new LifecycleKind(
        lifecycle.name() + " by " + lifecycle.item(),
        new Timeline(stages.size(), intervals, holdMillis()),
        eventTypes.stream().map(this::stageOf).toList(),
        stages.stream().map(Stage::name).toList(),
        columns.texts().indexOf(Input.text(lifecycle.item())),
        values,
        features,
        mostItems);
  }

  private int stageOf(EventType type) {
    for (int i = 0; i < stages.size(); i++) {
      if (stages.get(i).enteredBy().contains(type)) {
        return i;
      }
    }
    return -1;
  }

  private long holdMillis() {
    long longest =
        intervals.stream()
            .flatMap(interval -> interval.ends().stream())
            .mapToLong(End::offsetMillis)
            .max()
            .orElse(0);
    return longest + lifecycle.skew().toMillis();
  }

  private int value(int stage, Input number) {
    int place = columns.place(columns.numbers().indexOf(number));
    LifecycleKind.Value value = new LifecycleKind.Value(stage, number, place);
    if (!values.contains(value)) {
      values.add(value);
    }
    return values.indexOf(value);
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
    if (!stages.contains(stage)) {
      stages.add(stage);
    }
    return stages.indexOf(stage);
  }
}
