package dev.freshet.fold;

import dev.freshet.fold.StateKind.Gap;
import java.util.List;

/**
 * Since when the state of a group has all that its present declaration needs. Earlier declarations
 * may have kept less.
 *
 * @param windowsFromMillis the instant from which on all windows of limited age are complete
 * @param lastSinceMillis last events before this instant may be missing
 */
public record Coverage(long windowsFromMillis, long lastSinceMillis) {

  /** The instant that stands for "always". */
  public static final long ALWAYS = Long.MIN_VALUE;

  /** The coverage of a group that never had another declaration. */
  public static final Coverage COMPLETE = new Coverage(ALWAYS, ALWAYS);

  /**
   * A declaration that was at work.
   *
   * @param sinceMillis when it began to be
   */
  public record Declared(StateSchema schema, long sinceMillis) {}

  /**
   * Returns the coverage of a declaration.
   *
   * @param present what it keeps, in these kinds of state
   * @param history the declarations of the group, oldest first; the present one is the last
   */
  public static Coverage of(StateSchema present, List<StateKind> kinds, List<Declared> history) {
    long windows = ALWAYS;
    long last = ALWAYS;
    for (StateKind kind : kinds) {
      Gap gap = gap(kind, present, history);
      windows = Math.max(windows, after(gap.windowsMillis(), kind.longestAgeMillis()));
      last = Math.max(last, gap.lastMillis());
    }
    return new Coverage(windows, last);
  }

  /** Goes back in the history to the last declaration that kept less. */
  private static Gap gap(StateKind kind, StateSchema present, List<Declared> history) {
    long windows = ALWAYS;
    long last = ALWAYS;
    for (int i = history.size() - 2; i >= 0; i--) {
      StateSchema old = history.get(i).schema();
      long until = history.get(i + 1).sinceMillis();
      Gap gap =
          old.entity().equals(present.entity())
              ? kind.gap(present, old, until)
              : new Gap(until, until);
      windows = windows == ALWAYS ? gap.windowsMillis() : windows;
      last = last == ALWAYS ? gap.lastMillis() : last;
    }
    return new Gap(windows, last);
  }

  private static long after(long instant, long age) {
    return instant == ALWAYS ? ALWAYS : instant + age;
  }
}
