package dev.freshet.timeline;

import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateKind;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * The kind of state for time windows and lifecycles.
 *
 * @param timeline its totals
 * @param stageOfType for each event type of the group, the stage that it enters; −1 if this kind
 *     does not use it
 * @param stageNames the stages of an item; empty if items are events
 * @param hasValue whether an item has the group's value
 * @param requiresValue whether an event without a value is skipped
 * @param totals the features, computed from the timeline's totals
 */
public record TimelineKind(
    Timeline timeline,
    List<Integer> stageOfType,
    List<String> stageNames,
    boolean hasValue,
    boolean requiresValue,
    List<TotalFeature> totals)
    implements StateKind {

  /** Events may be dated an hour ahead, and clocks differ; after this the last item has left. */
  private static final Duration LONGEST_AHEAD = Duration.ofHours(3);

  public TimelineKind {
    stageOfType = List.copyOf(stageOfType);
    stageNames = List.copyOf(stageNames);
    totals = List.copyOf(totals);
  }

  boolean itemsHaveStages() {
    return !stageNames.isEmpty();
  }

  int stage(Occurrence event) {
    return stageOfType.get(event.type());
  }

  String itemOf(Occurrence event) {
    return itemsHaveStages() ? event.itemId() : event.eventId();
  }

  @Override
  public int width() {
    return totals.size();
  }

  @Override
  public boolean takes(Occurrence event) {
    return stage(event) >= 0 && !(requiresValue && event.valueMicros() == Occurrence.NO_VALUE);
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
    return !itemsHaveStages();
  }

  @Override
  public boolean holdsItems() {
    return itemsHaveStages();
  }

  @Override
  public KindState empty(long nowMillis) {
    return new TimelineState(this, 0, nowMillis);
  }

  @Override
  public KindState read(SnapshotReader in, long nowMillis) {
    return TimelineState.read(this, in, nowMillis);
  }

  @Override
  public String layout() {
    return (itemsHaveStages() ? "items" : "events")
        + " by type "
        + stageOfType
        + (hasValue ? " with value" : "")
        + " held "
        + timeline.holdMillis();
  }

  @Override
  public List<Part> explain(
      int feature,
      List<? extends Occurrence> events,
      Moment at,
      Function<Occurrence, String> text) {
    return new TimelineExplanation(this, totals.get(feature), at.millis(), text).of(events);
  }
}
