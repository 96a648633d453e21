package dev.freshet.lifecycle;

import dev.freshet.fold.Coverage;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StagedItems;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
import dev.freshet.input.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The kind of state for the items of a lifecycle.
 *
 * @param name the lifecycle and its member, such as {@code trip by trip.id}
 * @param timeline its totals
 * @param stageOfType for each event type of the group, the stage that it enters; −1 if this kind
 *     does not use it
 * @param stageNames the stages of an item
 * @param item the place of the item's id among the texts of an event
 * @param values the numbers that items keep
 * @param features the features, computed from the timeline's totals
 * @param mostItems how many items an entity holds; beyond, the oldest go
 */
public record LifecycleKind(
    String name,
    Timeline timeline,
    List<Integer> stageOfType,
    List<String> stageNames,
    int item,
    List<Value> values,
    List<TotalFeature> features,
    int mostItems)
    implements StateKind {

  /** Events may be dated ahead, and clocks differ; after this the last item has left. */
  private static final Duration LONGEST_AHEAD = Duration.ofHours(26);

  /**
   * A number that an item keeps: that of the earliest event of a stage that has it; of events at
   * one instant, the smallest.
   *
   * @param place the number's place among those of an event
   */
  public record Value(int stage, Input input, int place) {}

  static final String BY = " by ";
  static final String STAGE = "stage ";
  static final String ENTERED_BY = " entered by ";
  static final String VALUE = "value of ";
  static final String OF = ": ";

  public LifecycleKind {
    stageOfType = List.copyOf(stageOfType);
    stageNames = List.copyOf(stageNames);
    values = List.copyOf(values);
    features = List.copyOf(features);
  }

  int stage(Occurrence event) {
    return stageOfType.get(event.type());
  }

  String itemOf(Occurrence event) {
    return event.texts()[item];
  }

  @Override
  public Optional<StagedItems> items() {
    return Optional.of(new StagedItems(name, stageNames, stageOfType, item));
  }

  @Override
  public int width() {
    return features.size();
  }

  /** An item is held on as long as events name it: those that are used name it within one hold. */
  @Override
  public long seenMillis(int feature) {
    return 2 * timeline.holdMillis();
  }

  @Override
  public boolean takes(Occurrence event) {
    return stage(event) >= 0 && itemOf(event) != null;
  }

  @Override
  public boolean isLate(long occurredAtMillis, long nowMillis, long timeToLiveMillis) {
    return timeline.isLate(occurredAtMillis, nowMillis);
  }

  @Override
  public boolean movesWithTime() {
    return true;
  }

  @Override
  public long lookAgainAt(Occurrence event, long nowMillis) {
    return timeline.firstChangeOf(stage(event), event.occurredAtMillis(), nowMillis);
  }

  @Override
  public long retentionMillis(long timeToLiveMillis) {
    return timeline.holdMillis() + LONGEST_AHEAD.toMillis();
  }

  @Override
  public boolean holdsEventIds() {
    return false;
  }

  @Override
  public StateKind holdingAtMost(int most) {
    return new LifecycleKind(name, timeline, stageOfType, stageNames, item, values, features, most);
  }

  @Override
  public KindState empty(long nowMillis) {
    return new LifecycleState(this, 0, nowMillis);
  }

  @Override
  public KindState read(SnapshotReader in, long nowMillis) {
    return LifecycleState.read(this, in, nowMillis);
  }

  @Override
  public KindSchema schema(List<String> typeNames) {
    List<String> parts = new ArrayList<>();
    for (int stage = 0; stage < stageNames.size(); stage++) {
      for (int type = 0; type < stageOfType.size(); type++) {
        if (stageOfType.get(type) == stage) {
          parts.add(STAGE + stageNames.get(stage) + ENTERED_BY + typeNames.get(type));
        }
      }
    }
    for (Value each : values) {
      parts.add(VALUE + stageNames.get(each.stage()) + OF + each.input());
    }
    return new KindSchema(name, parts, timeline.holdMillis());
  }

  @Override
  public long completeFromMillis(long sinceMillis) {
    return sinceMillis + timeline.holdMillis();
  }

  @Override
  public Gap gap(StateSchema present, StateSchema old, long untilMillis, long aheadMillis) {
    KindSchema kept = old.kind(name);
    if (kept == null || !kept.parts().containsAll(present.kind(name).parts())) {
      return new Gap(untilMillis + aheadMillis, Coverage.ALWAYS);
    }
    return kept.holdMillis() >= timeline.holdMillis()
        ? new Gap(Coverage.ALWAYS, Coverage.ALWAYS)
        : new Gap(untilMillis - kept.holdMillis(), Coverage.ALWAYS);
  }

  @Override
  public void translate(
      KindSchema old,
      SnapshotReader in,
      Translation translation,
      KindState into,
      Consumer<Occurrence> events) {
    new ItemsTranslation(old, translation, events).read(in);
  }

  @Override
  public List<Part> explain(
      int feature,
      List<? extends Occurrence> events,
      Moment at,
      Function<Occurrence, String> text) {
    return new LifecycleExplanation(this, features.get(feature), at.millis()).of(events);
  }
}
