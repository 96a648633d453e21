package dev.freshet.history;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.events.EventsCodec;
import dev.freshet.events.Selection;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
import dev.freshet.history.HistoryFeatures.Computed;
import dev.freshet.history.HistoryFeatures.Seen;
import dev.freshet.input.Columns;
import dev.freshet.input.Filter;
import dev.freshet.input.Input;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** The kind of state of windows that move in hops, and of those of a lifetime. */
public final class HistoryKind implements StateKind {

  /** Clocks of functions differ, and an event that was in time may be folded later. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private final HistoryFeatures features;
  private final BitSet types;
  private final int required;
  private final long latenessMillis;
  private final int mostEvents;
  private final EventsCodec codec;
  private final long delayMillis;

  private HistoryKind(
      HistoryFeatures features, BitSet types, int required, long latenessMillis, int mostEvents) {
    this.features = features;
    this.types = (BitSet) types.clone();
    this.required = required;
    this.latenessMillis = latenessMillis;
    this.mostEvents = mostEvents;
    this.codec = EventsCodec.of(features.columns(), types);
    this.delayMillis =
        features.spans().stream().mapToLong(HistorySpan::delayMillis).max().orElse(0);
  }

  /** Collects the features of one group. */
  public static final class Builder {
    private final Columns columns;
    private final List<Seen> seen = new ArrayList<>();
    private final List<Computed> features = new ArrayList<>();

    public Builder(Columns columns) {
      this.columns = columns;
    }

    /**
     * Adds a feature.
     *
     * @param filter the index of its filter; −1 for all events
     * @param input the input that events must have; null for none
     */
    public void add(HistorySpan span, int filter, Input input, Aggregation aggregation) {
      Seen its = new Seen(span, Selection.of(0, FOREVER, 0, filter, input, columns));
      if (!seen.contains(its)) {
        seen.add(its);
      }
      boolean isText = aggregation.givesText(input != null && input.isText());
      features.add(
          new Computed(
              seen.indexOf(its), aggregation, List.copyOf(aggregation.overTiles()), isText));
    }

    /** Returns whether no feature was added. */
    public boolean isEmpty() {
      return features.isEmpty();
    }

    /**
     * Returns the kind.
     *
     * @param types the event types to hold, by their index in the group
     * @param required the place of the number that an event must have; −1 if there is none
     * @param mostEvents how many events an entity holds one by one; beyond, the oldest are merged
     *     early
     */
    public HistoryKind build(BitSet types, int required, Duration lateness, int mostEvents) {
      return new HistoryKind(
          new HistoryFeatures(columns, seen, features),
          types,
          required,
          lateness.toMillis(),
          mostEvents);
    }
  }

  HistoryFeatures features() {
    return features;
  }

  BitSet types() {
    return types;
  }

  int required() {
    return required;
  }

  EventsCodec codec() {
    return codec;
  }

  int mostEvents() {
    return mostEvents;
  }

  /** The age up to which events are held one by one. */
  long holdMillis() {
    return Math.max(latenessMillis + MARGIN.toMillis(), delayMillis);
  }

  /** The age up to which some window may not see an event yet. */
  long delayMillis() {
    return delayMillis;
  }

  @Override
  public int width() {
    return features.computed().size();
  }

  @Override
  public Optional<Input> input(int feature) {
    return Optional.ofNullable(features.seenBy(feature).selection().input());
  }

  @Override
  public Optional<Filter> filter(int feature) {
    return Optional.ofNullable(features.filterOf(features.seenBy(feature).selection()));
  }

  @Override
  public long seenMillis(int feature) {
    return features.seenBy(feature).span().holdMillis();
  }

  @Override
  public boolean takes(Occurrence event) {
    return types.get(event.type())
        && (required < 0 || event.numbers()[required] != Occurrence.NO_VALUE);
  }

  @Override
  public boolean isLate(long occurredAtMillis, long nowMillis, long timeToLiveMillis) {
    return occurredAtMillis <= nowMillis - latenessMillis;
  }

  @Override
  public boolean movesWithTime() {
    return true;
  }

  @Override
  public boolean isArchived() {
    return true;
  }

  @Override
  public long lookAgainAt(Occurrence event, long nowMillis) {
    long first = FOREVER;
    for (HistorySpan each : features.spans()) {
      long enters = event.occurredAtMillis() + each.delayMillis();
      long leaves = each.leavesMillis(event.occurredAtMillis());
      first = Math.min(first, enters > nowMillis ? enters : Math.max(leaves, nowMillis + 1));
    }
    return first;
  }

  @Override
  public long retentionMillis(long timeToLiveMillis) {
    return timeToLiveMillis;
  }

  @Override
  public boolean holdsEventIds() {
    return true;
  }

  @Override
  public StateKind holdingAtMost(int most) {
    return new HistoryKind(features, types, required, latenessMillis, most);
  }

  @Override
  public KindState empty(long nowMillis) {
    return new HistoryState(this, nowMillis);
  }

  @Override
  public KindState read(SnapshotReader in, long nowMillis) {
    return HistoryState.read(this, in, nowMillis);
  }

  @Override
  public KindSchema schema(List<String> typeNames) {
    return HistorySchema.of(this, typeNames);
  }

  @Override
  public long completeFromMillis(long sinceMillis) {
    long from = sinceMillis;
    for (HistorySpan each : features.spans()) {
      from =
          Math.max(
              from, each.isLifetime() ? NEVER_COMPLETE_MILLIS : each.leavesMillis(sinceMillis));
    }
    return from;
  }

  @Override
  public Gap gap(StateSchema present, StateSchema old, long untilMillis, long aheadMillis) {
    return HistorySchema.gap(this, present, old, untilMillis + aheadMillis);
  }

  @Override
  public void translate(
      KindSchema old,
      SnapshotReader in,
      Translation translation,
      KindState into,
      Consumer<Occurrence> events) {
    ((HistoryState) into).translate(old, in, translation, events);
  }

  @Override
  public List<Part> explain(
      int feature,
      List<? extends Occurrence> events,
      Moment at,
      Function<Occurrence, String> text) {
    return new HistoryExplanation(features, features.seenBy(feature), at.millis(), text).of(events);
  }
}
