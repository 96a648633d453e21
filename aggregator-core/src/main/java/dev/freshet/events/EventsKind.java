package dev.freshet.events;

import dev.freshet.aggregation.Aggregation;
import dev.freshet.events.EventsFeatures.Computed;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.KindState;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.Part;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.StateSchema;
import dev.freshet.fold.Translation;
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

/** The kind of state that holds events, for windows over the last N and over time. */
public final class EventsKind implements StateKind {

  /** Events may be dated ahead, and clocks differ; after this the last event has left. */
  private static final Duration LONGEST_AHEAD = Duration.ofHours(26);

  private final EventsFeatures features;
  private final BitSet types;
  private final int required;
  private final int mostEvents;
  private final EventsCodec codec;

  private EventsKind(EventsFeatures features, BitSet types, int required, int mostEvents) {
    this.features = features;
    this.types = (BitSet) types.clone();
    this.required = required;
    this.mostEvents = mostEvents;
    this.codec = EventsCodec.of(features.columns(), types);
  }

  /** Collects the features of one group. */
  public static final class Builder {
    private final Columns columns;
    private final List<Selection> selections = new ArrayList<>();
    private final List<Computed> features = new ArrayList<>();

    public Builder(Columns columns) {
      this.columns = columns;
    }

    /**
     * Adds a feature.
     *
     * @param last the greatest number of events that it sees; 0 for all of a time window
     * @param lengthMillis the length of the time window; {@link StateKind#FOREVER} if events may be
     *     of any age
     * @param delayMillis how much earlier than t the window ends
     * @param filter the index of its filter; −1 for all events
     * @param input the input that events must have; null for none
     */
    public void add(
        int last,
        long lengthMillis,
        long delayMillis,
        int filter,
        Input input,
        Aggregation aggregation) {
      Selection selection = Selection.of(last, lengthMillis, delayMillis, filter, input, columns);
      if (!selections.contains(selection)) {
        selections.add(selection);
      }
      boolean isText = aggregation.givesText(input != null && input.isText());
      features.add(new Computed(selections.indexOf(selection), aggregation, isText));
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
     * @param mostEvents how many events of time windows an entity holds; beyond, the oldest go
     */
    public EventsKind build(BitSet types, int required, int mostEvents) {
      return new EventsKind(
          new EventsFeatures(columns, selections, features), types, required, mostEvents);
    }
  }

  EventsFeatures features() {
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

  @Override
  public int width() {
    return features.computed().size();
  }

  @Override
  public Optional<Input> input(int feature) {
    return Optional.ofNullable(features.seenBy(feature).input());
  }

  @Override
  public Optional<Filter> filter(int feature) {
    return Optional.ofNullable(features.filterOf(features.seenBy(feature)));
  }

  @Override
  public long seenMillis(int feature) {
    Selection seen = features.seenBy(feature);
    return seen.hasAge() ? seen.holdMillis() : FOREVER;
  }

  @Override
  public int seenEvents(int feature) {
    return features.seenBy(feature).last();
  }

  @Override
  public boolean takes(Occurrence event) {
    return types.get(event.type())
        && (required < 0 || event.numbers()[required] != Occurrence.NO_VALUE)
        && features.use(event);
  }

  @Override
  public boolean isLate(long occurredAtMillis, long nowMillis, long timeToLiveMillis) {
    return occurredAtMillis <= nowMillis - features.longestAgeMillis()
        && !(features.hasLastOfAnyAge() && occurredAtMillis >= nowMillis - timeToLiveMillis);
  }

  @Override
  public boolean movesWithTime() {
    return features.haveAges();
  }

  @Override
  public long lookAgainAt(Occurrence event, long nowMillis) {
    long first = FOREVER;
    for (Selection each : features.selections()) {
      if (each.hasAge()) {
        long enters = event.occurredAtMillis() + each.delayMillis();
        long leaves = event.occurredAtMillis() + each.holdMillis();
        first = Math.min(first, enters > nowMillis ? enters : Math.max(leaves, nowMillis + 1));
      }
    }
    return first;
  }

  @Override
  public long retentionMillis(long timeToLiveMillis) {
    long windows = movesWithTime() ? features.longestAgeMillis() + LONGEST_AHEAD.toMillis() : 0;
    return features.hasLastOfAnyAge() ? Math.max(windows, timeToLiveMillis) : windows;
  }

  @Override
  public boolean holdsEventIds() {
    return true;
  }

  @Override
  public StateKind holdingAtMost(int most) {
    return new EventsKind(features, types, required, most);
  }

  @Override
  public KindState empty(long nowMillis) {
    return new EventsState(this, nowMillis);
  }

  @Override
  public KindState read(SnapshotReader in, long nowMillis) {
    return EventsState.read(this, in, nowMillis);
  }

  @Override
  public KindSchema schema(List<String> typeNames) {
    return EventsSchema.of(this, typeNames);
  }

  @Override
  public long completeFromMillis(long sinceMillis) {
    return sinceMillis + features.longestAgeMillis();
  }

  @Override
  public Gap gap(StateSchema present, StateSchema old, long untilMillis, long aheadMillis) {
    return EventsSchema.gap(this, present, old, untilMillis, aheadMillis);
  }

  @Override
  public void translate(
      KindSchema old,
      SnapshotReader in,
      Translation translation,
      KindState into,
      Consumer<Occurrence> events) {
    EventsSchema.translate(old, in, translation, events);
  }

  @Override
  public List<Part> explain(
      int feature,
      List<? extends Occurrence> events,
      Moment at,
      Function<Occurrence, String> text) {
    return new EventsExplanation(this, features.seenBy(feature), at, text).of(events);
  }
}
