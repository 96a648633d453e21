package dev.freshet.events;

import dev.freshet.events.EventsFeatures.Computed;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.StateKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The windows over the events of one entity, and the features computed from them. */
final class Windows {

  private final EventsFeatures features;
  private final HeldEvents held;
  private final TimeOrder order;
  private WindowCursor[] cursors = {};
  private final List<LastSeries> lasts = new ArrayList<>();
  private final SlotSamples[] samples;
  private final FeatureValues values;
  private boolean areValuesKnown;
  private boolean isNextChangeKnown;
  private long nextChangeMillis;

  Windows(EventsFeatures features, HeldEvents held, TimeOrder order, long nowMillis) {
    this.features = features;
    this.held = held;
    this.order = order;
    this.samples = new SlotSamples[features.selections().size()];
    this.values = new FeatureValues(features.computed().size());
    for (int i = 0; i < samples.length; i++) {
      samples[i] = series(features.selections().get(i), nowMillis);
    }
  }

  private SlotSamples series(Selection selection, long nowMillis) {
    if (!selection.isTimeWindow()) {
      LastSeries series = new LastSeries(selection, held, nowMillis);
      lasts.add(series);
      return series;
    }
    for (WindowCursor each : cursors) {
      if (each.lengthMillis == selection.lengthMillis()
          && each.delayMillis == selection.delayMillis()) {
        return each.add(selection, held);
      }
    }
    WindowCursor cursor =
        new WindowCursor(selection.lengthMillis(), selection.delayMillis(), order, nowMillis);
    cursors = Arrays.copyOf(cursors, cursors.length + 1);
    cursors[cursors.length - 1] = cursor;
    return cursor.add(selection, held);
  }

  List<LastSeries> lasts() {
    return lasts;
  }

  /** Notes that events were added or removed. */
  void changed() {
    areValuesKnown = false;
    isNextChangeKnown = false;
  }

  /** Notes that an event was inserted into the order. */
  void inserted(int slot) {
    for (WindowCursor each : cursors) {
      each.inserted(slot, held.time(slot));
    }
  }

  /** Notes that an event was removed from the order. */
  void removed(int slot) {
    for (WindowCursor each : cursors) {
      each.removed(slot, held.time(slot));
    }
  }

  /** Moves to a later instant. */
  void moveTo(long instant) {
    if (lookAt(instant)) {
      changed();
    }
  }

  /** Returns the values of the features; not copied. */
  FeatureValues values() {
    if (!areValuesKnown) {
      computeMoved();
      areValuesKnown = true;
    }
    return values;
  }

  /** Computes the features that see an event come or go. */
  private void computeMoved() {
    for (int i = 0; i < features.computed().size(); i++) {
      if (samples[features.computed().get(i).selection()].hasMoved()) {
        compute(i);
      }
    }
    for (SlotSamples each : samples) {
      each.settle();
    }
  }

  private void compute(int feature) {
    Computed computed = features.computed().get(feature);
    SlotSamples seen = samples[computed.selection()];
    if (computed.isText()) {
      values.set(feature, seen.size() == 0 ? null : computed.aggregation().applyAsText(seen));
    } else {
      values.set(feature, number(computed, seen));
    }
  }

  private static double number(Computed computed, SlotSamples seen) {
    return seen.size() == 0
        ? computed.aggregation().ofNothing()
        : computed.aggregation().apply(seen);
  }

  /** Returns the next instant at which a feature changes with no new event. */
  long nextChangeMillis(long asOfMillis) {
    if (!isNextChangeKnown) {
      var unused = values();
      nextChangeMillis = findNextChange(asOfMillis);
      isNextChangeKnown = true;
    }
    return nextChangeMillis;
  }

  /** Tries the instants at which events enter or leave, until a feature has another value. */
  private long findNextChange(long asOfMillis) {
    long instant = nextMillis();
    if (instant == StateKind.FOREVER) {
      return instant;
    }
    while (instant != StateKind.FOREVER) {
      lookAt(instant);
      if (isAnyFeatureDifferent()) {
        break;
      }
      instant = nextMillis();
    }
    lookAt(asOfMillis);
    return instant;
  }

  private boolean isAnyFeatureDifferent() {
    for (int i = 0; i < features.computed().size(); i++) {
      Computed computed = features.computed().get(i);
      if (!features.selections().get(computed.selection()).hasAge()) {
        continue;
      }
      SlotSamples seen = samples[computed.selection()];
      if (computed.isText()
          ? !Objects.equals(
              values.text(i), seen.size() == 0 ? null : computed.aggregation().applyAsText(seen))
          : isDifferent(values.number(i), number(computed, seen))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isDifferent(double before, double after) {
    return Double.compare(before, Double.isFinite(after) ? after : Double.NaN) != 0;
  }

  private long nextMillis() {
    long next = StateKind.FOREVER;
    for (WindowCursor each : cursors) {
      next = Math.min(next, each.nextMillis());
    }
    for (LastSeries each : lasts) {
      next = Math.min(next, each.nextMillis());
    }
    return next;
  }

  /** Moves to an instant, later or earlier; returns whether an event came or went. */
  private boolean lookAt(long instant) {
    boolean hasMoved = false;
    for (WindowCursor each : cursors) {
      hasMoved |= each.moveTo(instant);
    }
    for (LastSeries each : lasts) {
      hasMoved |= each.selection.hasAge() && each.lookAt(instant);
    }
    return hasMoved;
  }

  long sizeBytes() {
    long bytes = 128;
    for (WindowCursor each : cursors) {
      bytes += each.sizeBytes();
    }
    for (LastSeries each : lasts) {
      bytes += each.sizeBytes();
    }
    return bytes;
  }
}
