package dev.freshet.state;

import dev.freshet.fold.Coverage;
import dev.freshet.fold.KindState;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import java.time.Duration;
import java.util.List;

/** Whether the state of an entity has all events that its features need. */
final class Completeness {

  /** How far ahead an instant is put that depends on events to come: 90 days. */
  private static final long UNKNOWN_MILLIS = Duration.ofDays(90).toMillis();

  private final Coverage coverage;

  /** The newest time of an event of another declaration, which lacks something. */
  private long lackingMillis = Coverage.ALWAYS;

  /** The seam up to which history was replaced. */
  private long replacedMillis = Coverage.ALWAYS;

  Completeness(Coverage coverage) {
    this.coverage = coverage;
  }

  void read(SnapshotReader in, boolean hasHistory) {
    lackingMillis = readInstant(in);
    replacedMillis = hasHistory ? readInstant(in) : Coverage.ALWAYS;
  }

  void write(SnapshotWriter out, boolean hasHistory) {
    writeInstant(lackingMillis, out);
    if (hasHistory) {
      writeInstant(replacedMillis, out);
    }
  }

  private static long readInstant(SnapshotReader in) {
    long instant = in.signed();
    return instant == 0 ? Coverage.ALWAYS : instant;
  }

  private static void writeInstant(long instant, SnapshotWriter out) {
    out.signed(instant == Coverage.ALWAYS ? 0 : instant);
  }

  /** Notes that an event of some time lacks something. */
  void lacks(long time) {
    lackingMillis = Math.max(lackingMillis, time + 1);
  }

  /** Returns whether history up to an instant is to be replaced, and notes that it is. */
  boolean replace(long seamMillis) {
    boolean isDivided = coverage.seamMillis() != Coverage.ALWAYS;
    if (seamMillis < coverage.seamMillis()
        || seamMillis < replacedMillis
        || (seamMillis == replacedMillis && !isDivided)) {
      return false;
    }
    replacedMillis = seamMillis;
    return true;
  }

  /**
   * Returns the instant from which on every feature has all events that it needs, or {@link
   * Coverage#ALWAYS}.
   *
   * @param parts the state of each kind
   */
  long fromMillis(List<StateKind> kinds, KindState[] parts, long asOfMillis) {
    long from = coverage.windowsFromMillis();
    for (StateKind kind : kinds) {
      from = Math.max(from, kind.isArchived() ? historyFromMillis(kind) : lackingFromMillis(kind));
    }
    long lastSince = Math.max(coverage.lastSinceMillis(), lackingMillis);
    if (lastSince != Coverage.ALWAYS) {
      for (KindState part : parts) {
        if (!part.hasLastSince(lastSince)) {
          from = Math.max(from, Math.max(lastSince, asOfMillis) + UNKNOWN_MILLIS);
        }
      }
    }
    return from > asOfMillis ? from : Coverage.ALWAYS;
  }

  /** If no declaration lacked what history needs, neither does an event. */
  private long historyFromMillis(StateKind kind) {
    boolean isReplaced = replacedMillis >= coverage.seamMillis();
    if (coverage.historyFromMillis() == Coverage.ALWAYS
        || (isReplaced && lackingMillis <= replacedMillis)) {
      return Coverage.ALWAYS;
    }
    long lacking = lackingFromMillis(kind);
    return isReplaced ? lacking : Math.max(coverage.historyFromMillis(), lacking);
  }

  private long lackingFromMillis(StateKind kind) {
    return lackingMillis == Coverage.ALWAYS
        ? Coverage.ALWAYS
        : kind.completeFromMillis(lackingMillis);
  }
}
