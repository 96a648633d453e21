package dev.freshet.history;

import dev.freshet.aggregation.Samples;
import dev.freshet.aggregation.Summary;
import dev.freshet.events.ExactSum;
import dev.freshet.events.HeldEvents;
import dev.freshet.events.Selection;
import dev.freshet.events.TimeOrder;
import dev.freshet.fold.StateKind;
import dev.freshet.history.Tiles.Tile;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The events that some features see: those of a selection in a span, merged and one by one. An
 * event that comes is added to what is known of them; when one leaves, all is computed anew from
 * the tiles.
 */
@SuppressWarnings("EnumOrdinal") // measures are an array with a place for each summary
final class HistorySeries extends Samples {

  private final HistorySpan span;
  private final Selection selection;
  private final HeldEvents held;
  private final TimeOrder order;
  private final Tiles tiles;
  private final List<TilePart> parts = new ArrayList<>();
  private final List<Integer> indexes = new ArrayList<>();

  /** A measure for each summary that a part has. */
  private final Measure[] measures = new Measure[Summary.values().length];

  private boolean isKnown;
  private long oldestMillis;
  private long startMillis;
  private long nextStartMillis;
  private long endMillis;

  HistorySeries(HistoryKind kind, int seen, MergedEvents events, long nowMillis) {
    this.span = kind.features().seen().get(seen).span();
    this.selection = kind.features().seen().get(seen).selection();
    this.held = events.held();
    this.order = events.order();
    this.tiles = events.tiles();
    for (int i = 0; i < kind.features().parts().size(); i++) {
      TilePart part = kind.features().parts().get(i);
      if (part.selection().equals(selection)
          && kind.features().summaries(seen).contains(part.summary())) {
        parts.add(part);
        indexes.add(i);
      }
    }
    startMillis = span.startMillis(nowMillis);
    nextStartMillis = span.nextStartMillis(nowMillis);
    endMillis = span.endMillis(nowMillis);
  }

  /** Notes that tiles or events were replaced. */
  void replaced() {
    isKnown = false;
  }

  /** Moves to a later instant; returns whether an event entered or left. */
  boolean moveTo(long nowMillis) {
    long before = endMillis;
    endMillis = span.endMillis(nowMillis);
    if (nowMillis >= nextStartMillis) {
      startMillis = span.startMillis(nowMillis);
      nextStartMillis = span.nextStartMillis(nowMillis);
      isKnown &= oldestMillis > startMillis;
    }
    boolean isSame = isKnown;
    int entered = isKnown ? order.until(Math.max(before, startMillis)) : 0;
    for (; isKnown && entered < order.size() && order.time(entered) <= endMillis; entered++) {
      isSame &= !insert(order.get(entered));
    }
    return !isSame;
  }

  /** Notes that an event was inserted into the order; returns whether it is seen. */
  boolean inserted(int slot) {
    long time = held.time(slot);
    return isKnown && time > startMillis && time <= endMillis && insert(slot);
  }

  private boolean insert(int slot) {
    if (!held.isSeen(selection, slot)) {
      return false;
    }
    oldestMillis = Math.min(oldestMillis, held.time(slot));
    for (int i = 0; i < parts.size(); i++) {
      measures[parts.get(i).summary().ordinal()].add(held, slot);
    }
    return true;
  }

  private Measure measure(Summary summary) {
    if (!isKnown) {
      compute();
    }
    return measures[summary.ordinal()];
  }

  private void compute() {
    isKnown = true;
    oldestMillis = StateKind.FOREVER;
    parts.forEach(part -> measures[part.summary().ordinal()] = part.empty());
    List<Tile> all = tiles.all();
    for (int i = all.size() - 1; i >= 0 && all.get(i).lastMillis() > startMillis; i--) {
      addTile(all.get(i));
    }
    int end = order.until(endMillis);
    for (int i = order.until(startMillis); i < end; i++) {
      insert(order.get(i));
    }
  }

  private void addTile(Tile tile) {
    for (int i = 0; i < parts.size(); i++) {
      Measure measure = tile.measure(indexes.get(i));
      if (measure != null) {
        oldestMillis = Math.min(oldestMillis, tile.lastMillis());
        measures[parts.get(i).summary().ordinal()].addEarlier(measure);
      }
    }
  }

  /** Returns the next instant at which an event enters or leaves. */
  long nextMillis() {
    long next = count() == 0 ? StateKind.FOREVER : span.leavesMillis(oldestMillis);
    for (int i = order.until(endMillis); i < order.size(); i++) {
      if (order.isSeen(selection, i)) {
        return Math.min(next, order.time(i) + span.delayMillis());
      }
    }
    return next;
  }

  /** Returns whether no event is known, or nothing of what is needed. */
  boolean isNothingKnown(List<Summary> needed) {
    boolean isNothing = count() == 0;
    for (int i = 0; i < needed.size(); i++) {
      isNothing |= measure(needed.get(i)).isEmpty();
    }
    return isNothing;
  }

  @Override
  public long count() {
    return ((CountMeasure) measure(Summary.COUNT)).count();
  }

  @Override
  public int size() {
    return (int) Math.min(count(), Integer.MAX_VALUE);
  }

  /** Returns what is known of the first or the latest event. */
  private EdgeMeasure edge(int index) {
    Measure first = measure(Summary.FIRST);
    return (EdgeMeasure) (index == 0 && first != null ? first : measure(Summary.LATEST));
  }

  @Override
  public long timeMillis(int index) {
    return edge(index).timeMillis();
  }

  @Override
  public String text(int index) {
    return edge(index).text();
  }

  @Override
  public double get(int index) {
    return edge(index).value();
  }

  @Override
  protected double[] load() {
    throw new UnsupportedOperationException("merged events are not known one by one");
  }

  private ExactSum exactly() {
    return ((SumMeasure) measure(Summary.SUM)).sum();
  }

  @Override
  protected BigDecimal exactSum() {
    return exactly().exactly();
  }

  @Override
  public double sum() {
    return exactly().sum();
  }

  @Override
  public double mean() {
    return exactly().mean(count());
  }

  @Override
  public double squaredDeviations() {
    return ((SquaresMeasure) measure(Summary.SQUARES))
        .squares()
        .squaredDeviations(count(), exactly());
  }

  @Override
  public double extreme(boolean isGreatest) {
    Summary summary = isGreatest ? Summary.GREATEST : Summary.LEAST;
    return ((ExtremeMeasure) measure(summary)).value();
  }

  @Override
  public double ranked(int rank) {
    return ((RankedMeasure) measure(Summary.RANKED)).ranked(rank, count());
  }

  @Override
  public int distinct() {
    return (int) ((DistinctMeasure) measure(Summary.DISTINCT)).estimate();
  }

  long sizeBytes() {
    long bytes = 192;
    for (Measure each : measures) {
      bytes += each == null ? 0 : each.sizeBytes();
    }
    return bytes;
  }
}
