package dev.freshet.state;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.ArchivedState;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.FeatureValues;
import dev.freshet.fold.KindSchema;
import dev.freshet.fold.KindState;
import dev.freshet.fold.KindState.Outcome;
import dev.freshet.fold.Occurrence;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import dev.freshet.fold.Translation;
import dev.freshet.state.KeyState.Tally;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The state of one entity of a feature group. Events, recalculation, replay and tests all use this
 * one fold.
 *
 * <p>It depends only on the set of events folded in and the instant that time was advanced to. Not
 * safe for use by several threads.
 */
public final class EntityState {

  private final FeatureGroup group;
  private final KindState[] parts;
  private final Coverage coverage;
  private final Completeness completeness;
  private long asOfMillis;

  private EntityState(FeatureGroup group, Coverage coverage, long nowMillis) {
    this.group = group;
    this.coverage = coverage;
    this.completeness = new Completeness(coverage);
    this.parts = new KindState[group.kinds().size()];
    this.asOfMillis = nowMillis;
  }

  /** Returns the empty state of an entity of a group that never had another declaration. */
  public static EntityState empty(FeatureGroup group, long nowMillis) {
    return empty(group, Coverage.COMPLETE, nowMillis);
  }

  /**
   * Returns the empty state of an entity.
   *
   * @param coverage since when the state of the group has what its features need
   */
  public static EntityState empty(FeatureGroup group, Coverage coverage, long nowMillis) {
    EntityState state = new EntityState(group, coverage, nowMillis);
    for (int i = 0; i < state.parts.length; i++) {
      state.parts[i] = group.kinds().get(i).empty(nowMillis);
    }
    state.divide();
    return state;
  }

  /** Reads the output of {@link #write}, and advances it to an instant. */
  public static EntityState read(
      FeatureGroup group, Coverage coverage, SnapshotReader in, long nowMillis) {
    EntityState state = new EntityState(group, coverage, nowMillis);
    state.completeness.read(in, group.hasHistory());
    for (int i = 0; i < state.parts.length; i++) {
      state.parts[i] = group.kinds().get(i).read(in.sized(), nowMillis);
    }
    state.divide();
    return state;
  }

  private void divide() {
    if (group.hasHistory() && coverage.seamMillis() != Coverage.ALWAYS) {
      archived().forEach(part -> part.divideAt(coverage.seamMillis()));
    }
  }

  private Stream<ArchivedState> archived() {
    return Arrays.stream(parts)
        .filter(ArchivedState.class::isInstance)
        .map(ArchivedState.class::cast);
  }

  /** Reads the state that was written for an earlier declaration of the group. */
  public static EntityState translate(
      FeatureGroup group,
      Coverage coverage,
      Translation translation,
      SnapshotReader in,
      long nowMillis) {
    EntityState state = empty(group, coverage, nowMillis);
    state.completeness.read(in, translation.old().hasHistory());
    List<KindSchema> old = translation.old().kinds();
    for (int i = 0; i < old.size(); i++) {
      SnapshotReader part = in.sized();
      StateKind kind = translation.kind(i);
      if (kind != null) {
        long only = 1L << group.kinds().indexOf(kind);
        kind.translate(
            old.get(i),
            part,
            translation,
            state.parts[group.kinds().indexOf(kind)],
            event -> state.foldTranslated(event, only, translation));
      }
    }
    return state;
  }

  /** Folds in an event of an earlier declaration. */
  public Outcome foldTranslated(Occurrence event, long kinds, Translation translation) {
    if (translation.isLacking()) {
      completeness.lacks(event.occurredAtMillis());
    }
    long taking = 0;
    for (int i = 0; i < parts.length; i++) {
      taking |= group.kinds().get(i).takes(event) ? 1L << i : 0;
    }
    return fold(event, kinds & taking);
  }

  /** Writes the state. */
  public void write(SnapshotWriter out) {
    completeness.write(out, group.hasHistory());
    for (KindState part : parts) {
      writeSized(out, part::write);
    }
  }

  private static void writeSized(SnapshotWriter out, Consumer<SnapshotWriter> content) {
    SnapshotWriter body = new SnapshotWriter(256);
    content.accept(body);
    out.sized(body);
  }

  /**
   * Writes the part of the history at or before an instant, for {@link #replaceUpTo}. The instant
   * must be the seam of this state's coverage. No event after it may have been folded in, and time
   * not be advanced beyond it: a reader may still see what is old then.
   */
  public void writeUpTo(long seamMillis, SnapshotWriter out) {
    archived().forEach(part -> writeSized(out, body -> part.writeUpTo(seamMillis, body)));
  }

  /**
   * Replaces the history at or before an instant, events of an earlier declaration among it;
   * changes nothing after it. May be repeated, also with another part, until the whole group is
   * backfilled. Ignored if the instant is before the seam of the coverage, or before one of an
   * earlier call.
   *
   * @param part the output of {@link #writeUpTo}, of the same declaration
   */
  public void replaceUpTo(long seamMillis, SnapshotReader part) {
    if (completeness.replace(seamMillis)) {
      archived().forEach(each -> each.replaceUpTo(seamMillis, part.sized()));
    }
  }

  /** The instant that time was advanced to. */
  public long asOfMillis() {
    return asOfMillis;
  }

  /** Advances time; an instant that has passed changes nothing. */
  public void advanceTo(long nowMillis) {
    asOfMillis = Math.max(asOfMillis, nowMillis);
    for (KindState part : parts) {
      part.advanceTo(asOfMillis);
    }
  }

  /**
   * Folds an event in.
   *
   * @param kinds the kinds that use it, as {@link FeatureGroup#kindsFor} returns them
   * @return applied if one kind applied it, else duplicate if one had it already, else late
   */
  public Outcome fold(Occurrence event, long kinds) {
    Outcome best = Outcome.LATE;
    for (int i = 0; i < parts.length; i++) {
      if (((kinds >> i) & 1) != 0) {
        Outcome outcome = parts[i].fold(event);
        best = outcome.compareTo(best) < 0 ? outcome : best;
      }
    }
    return best;
  }

  /** Returns the next instant at which a feature changes with no new event. */
  public long nextChangeMillis() {
    long next = StateKind.FOREVER;
    for (KindState part : parts) {
      next = Math.min(next, part.nextChangeMillis());
    }
    return next;
  }

  /** Returns how many events or items were dropped since the last call, as there were too many. */
  public int takeDropped() {
    int dropped = 0;
    for (KindState part : parts) {
      dropped += part.takeDropped();
    }
    return dropped;
  }

  /** Returns the outcome of a step. */
  public KeyState toKeyState(long version, Tally tally, KeyState.Place place) {
    long newest = Long.MIN_VALUE;
    boolean isEmpty = true;
    for (KindState part : parts) {
      newest = Math.max(newest, part.newestMillis());
      isEmpty &= part.isEmpty();
    }
    long completeFrom = completeness.fromMillis(group.kinds(), parts, asOfMillis);
    long next = nextChangeMillis();
    boolean isEverComplete = completeFrom != StateKind.NEVER_COMPLETE_MILLIS;
    if (completeFrom != Coverage.ALWAYS && isEverComplete && group.movesWithTime()) {
      next = Math.min(next, completeFrom); // published once more, without the mark
    }
    return new KeyState(
        version,
        asOfMillis,
        newest,
        next,
        completeFrom,
        features(),
        tally.withDropped(takeDropped()),
        isEmpty,
        place);
  }

  /** Computes the features at the instant that time was advanced to, in declared order. */
  public FeatureValues features() {
    FeatureValues computed = new FeatureValues(group.computed());
    int start = 0;
    for (int i = 0; i < parts.length; i++) {
      parts[i].features(computed, start);
      start += group.kinds().get(i).width();
    }
    return group.inDeclaredOrder(computed);
  }

  /** Estimates the bytes of memory that it takes. */
  public long sizeBytes() {
    long bytes = 64;
    for (KindState part : parts) {
      bytes += part.sizeBytes();
    }
    return bytes;
  }
}
