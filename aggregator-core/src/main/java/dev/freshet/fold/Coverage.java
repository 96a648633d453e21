package dev.freshet.fold;

import dev.freshet.fold.StateKind.Gap;
import java.time.Duration;
import java.util.List;

/**
 * Since when the state of a group has all that its present declaration needs. Earlier declarations
 * may have kept less.
 *
 * @param windowsFromMillis the instant from which on all windows of limited age are complete
 * @param lastSinceMillis last events before this instant may be missing
 * @param historyFromMillis the instant from which on history is complete, unless that of an entity
 *     was replaced up to the seam
 * @param seamMillis the instant since which history is kept as declared; what lies at or before it
 *     may be replaced, so it is kept apart. {@link #ALWAYS} if nothing is missing
 */
public record Coverage(
    long windowsFromMillis, long lastSinceMillis, long historyFromMillis, long seamMillis) {

  /** The instant that stands for "always". */
  public static final long ALWAYS = Long.MIN_VALUE;

  /**
   * For so long functions of an earlier declaration may still be at work beside those of a later
   * one: no invocation of AWS Lambda lasts longer.
   */
  private static final long OVERLAP_MILLIS = Duration.ofMinutes(15).toMillis();

  /** The coverage of a group that never had another declaration. */
  public static final Coverage COMPLETE = new Coverage(ALWAYS, ALWAYS, ALWAYS, ALWAYS);

  /**
   * A declaration that was at work.
   *
   * @param sinceMillis when it began to be
   */
  public record Deployed(StateSchema schema, long sinceMillis) {}

  /**
   * Returns the coverage of a declaration.
   *
   * @param present its schema
   * @param history the declarations of the group, oldest first; the present one is the last
   * @param aheadMillis how far ahead of the clock an event may be dated
   * @param backfilledMillis the last seam up to which the whole group was backfilled; {@link
   *     #ALWAYS} if it never was
   */
  public static Coverage of(
      StateSchema present,
      List<StateKind> kinds,
      List<Deployed> history,
      long aheadMillis,
      long backfilledMillis) {
    long windows = ALWAYS;
    long last = ALWAYS;
    long archived = ALWAYS;
    long seam = ALWAYS;
    for (StateKind kind : kinds) {
      if (kind.isArchived()) {
        long missing = missing(kind, present, history, aheadMillis, backfilledMillis);
        archived = after(missing, kind);
        seam = missing == ALWAYS ? ALWAYS : seamOf(history, history.size() - 1, aheadMillis);
        continue;
      }
      Gap gap = gap(kind, present, history, aheadMillis);
      windows = Math.max(windows, after(gap.windowsMillis(), kind));
      last = Math.max(last, gap.lastMillis());
    }
    return new Coverage(windows, last, archived, seam);
  }

  /** Returns the instant up to which events of history may be missing. */
  private static long missing(
      StateKind kind,
      StateSchema present,
      List<Deployed> history,
      long aheadMillis,
      long backfilledMillis) {
    int backfilled = history.size() - 1;
    while (backfilled >= 0 && seamOf(history, backfilled, aheadMillis) > backfilledMillis) {
      backfilled--;
    }
    List<Deployed> since = history.subList(Math.max(0, backfilled), history.size());
    long missing = gap(kind, present, since, aheadMillis).windowsMillis();
    return backfilled >= 0 ? missing : Math.max(missing, history.get(0).sinceMillis());
  }

  /**
   * Returns the instant from which on only functions of a declaration have seen the events. The
   * first one reads what its streams retain; before a later one, others saw events dated ahead.
   */
  private static long seamOf(List<Deployed> history, int index, long aheadMillis) {
    return history.get(index).sinceMillis() + (index == 0 ? 0 : OVERLAP_MILLIS + aheadMillis);
  }

  /** Returns the events that one or another of the earlier declarations did not keep. */
  private static Gap gap(
      StateKind kind, StateSchema present, List<Deployed> history, long aheadMillis) {
    long windows = ALWAYS;
    long last = ALWAYS;
    for (int i = 0; i < history.size() - 1; i++) {
      StateSchema old = history.get(i).schema();
      long until = history.get(i + 1).sinceMillis() + OVERLAP_MILLIS;
      Gap gap =
          old.entity().equals(present.entity()) && !isAsleep(present, old)
              ? kind.gap(present, old, until, aheadMillis)
              : new Gap(until + aheadMillis, until + aheadMillis);
      windows = Math.max(windows, gap.windowsMillis());
      last = Math.max(last, gap.lastMillis());
    }
    return new Gap(windows, last);
  }

  /**
   * Returns whether entities may be in the archive, where a declaration without history does not
   * look.
   */
  private static boolean isAsleep(StateSchema present, StateSchema old) {
    return old.hasHistory() && !present.hasHistory();
  }

  private static long after(long instant, StateKind kind) {
    return instant == ALWAYS ? ALWAYS : kind.completeFromMillis(instant);
  }
}
