package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.Coverage;
import dev.freshet.fold.KindState.Outcome;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.state.EntityState;
import dev.freshet.state.Past;
import java.io.IOException;
import java.time.Duration;

/**
 * Folds sorted steps of one group, one entity after another, into the history of each entity up to
 * the seam. An event arrives when it occurs, as in every replay.
 */
public final class PastWalk {

  private static final Duration NOTHING_EXPIRES = Duration.ofMillis(Long.MAX_VALUE / 4);

  private final FeatureColumns columns;
  private final FeatureGroup group;
  private final long archivedKinds;
  private final Coverage coverage;
  private final long seamMillis;
  private final ReplayReport report;
  private Event last;
  private EntityState state;

  /** Receives the history of one entity after another. */
  @FunctionalInterface
  public interface Receiver {
    void receive(String entity, Past past) throws IOException;
  }

  /**
   * @param columns the columns of one group
   * @param report counts duplicates
   */
  public PastWalk(FeatureColumns columns, long seamMillis, ReplayReport report) {
    this.columns = columns;
    this.group = columns.dimensions().get(0).groups().get(0);
    this.archivedKinds = archivedKinds(group);
    this.coverage = new Coverage(Coverage.ALWAYS, Coverage.ALWAYS, Coverage.ALWAYS, seamMillis);
    this.seamMillis = seamMillis;
    this.report = report;
  }

  private static long archivedKinds(FeatureGroup group) {
    long archived = 0;
    for (int i = 0; i < group.kinds().size(); i++) {
      archived |= group.kinds().get(i).isArchived() ? 1L << i : 0;
    }
    return archived;
  }

  /** Folds the next step; passes on the history of the entity before, if this is another one. */
  public void take(byte[] written, Receiver pasts) throws IOException {
    Event event = ((Step.Happened) Step.read(written, columns)).event();
    if (last != null && !last.entity().equals(event.entity())) {
      var unused = end(pasts);
    }
    if (isLast(event)) {
      report.duplicate();
    } else if (event.occurredAtMillis() <= seamMillis) {
      fold(event);
    }
    last = event;
  }

  private boolean isLast(Event event) {
    return last != null
        && last.occurredAtMillis() == event.occurredAtMillis()
        && last.eventId().equals(event.eventId())
        && last.entity().equals(event.entity());
  }

  private void fold(Event event) {
    long atMillis = event.occurredAtMillis();
    if (state == null) {
      state = EntityState.empty(group, coverage, atMillis);
    }
    state.advanceTo(atMillis);
    long kinds = group.kindsFor(event, atMillis, NOTHING_EXPIRES) & archivedKinds;
    if (kinds != 0 && state.fold(event, kinds) != Outcome.APPLIED) {
      report.dropped(1);
    }
  }

  /**
   * Passes on the history of the last entity; call it after the last step.
   *
   * @return whether there was one
   */
  public boolean end(Receiver pasts) throws IOException {
    boolean isAny = state != null;
    if (isAny) {
      state.advanceTo(seamMillis);
      SnapshotWriter out = new SnapshotWriter(512);
      state.writeUpTo(seamMillis, out);
      pasts.receive(last.entity(), new Past(seamMillis, out.toBytes()));
    }
    state = null;
    last = null;
    return isAny;
  }
}
