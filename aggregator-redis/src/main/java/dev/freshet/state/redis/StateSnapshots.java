package dev.freshet.state.redis;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.fold.SnapshotReader;
import dev.freshet.fold.SnapshotWriter;
import dev.freshet.fold.StateKind;
import dev.freshet.state.EntityState;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStoreException;
import java.time.Duration;

/**
 * The snapshots of the entities of a group, in Redis and in the archive: a format, the fingerprint
 * of the declaration that wrote them, and the state.
 */
final class StateSnapshots {

  private static final int FORMAT = 2;

  /** For events that are dated ahead, and for clocks. */
  private static final long SLACK_MILLIS = Duration.ofDays(2).toMillis();

  private final FeatureGroup group;
  private final KnownDeclarations declarations;
  private final long timeToLiveMillis;

  /**
   * @param timeToLive how long the state of an entity outlives its last write
   */
  StateSnapshots(FeatureGroup group, KnownDeclarations declarations, Duration timeToLive) {
    this.group = group;
    this.declarations = declarations;
    this.timeToLiveMillis = timeToLive.toMillis();
  }

  /** Returns whether the archive has snapshots of the group, too. */
  boolean areArchived() {
    return group.hasHistory();
  }

  /** Returns the state of an entity without a snapshot. */
  EntityState empty(long instant) {
    return EntityState.empty(group, declarations.coverage(), instant);
  }

  /**
   * Reads a snapshot, of an earlier declaration too.
   *
   * @throws StateStoreException if it has another format, or its declaration is unknown
   */
  EntityState read(String entity, SnapshotReader snapshot, long instant) {
    int format = snapshot.small();
    if (format != FORMAT) {
      throw new StateStoreException(
          "the state of %s %s in group %s has format %d, not %d: forget it and rebuild, or deploy the version that wrote it"
              .formatted(group.dimension().name(), entity, group, format, FORMAT),
          null);
    }
    int fingerprint = snapshot.fixed();
    return fingerprint == declarations.fingerprint()
        ? EntityState.read(group, declarations.coverage(), snapshot, instant)
        : EntityState.translate(
            group,
            declarations.coverage(),
            declarations.translation(fingerprint),
            snapshot,
            instant);
  }

  /**
   * Returns a snapshot, preceded by its length.
   *
   * @param likelyBytes about how long it is
   */
  byte[] write(EntityState state, int likelyBytes) {
    SnapshotWriter body = new SnapshotWriter(likelyBytes + 64);
    body.small(FORMAT).fixed(declarations.fingerprint());
    state.write(body);
    return body.toSizedBytes();
  }

  /**
   * Returns the instant from which on no feature needs a state of some instant, if no further event
   * comes; {@link KeyState#FOREVER} if there is none.
   */
  long expiresAtMillis(long asOfMillis) {
    long latest = asOfMillis + timeToLiveMillis;
    for (StateKind kind : group.kinds()) {
      latest =
          Math.max(
              latest,
              kind.isArchived()
                  ? kind.completeFromMillis(asOfMillis)
                  : asOfMillis + kind.retentionMillis(timeToLiveMillis));
    }
    return latest >= StateKind.NEVER_COMPLETE_MILLIS ? KeyState.FOREVER : latest + SLACK_MILLIS;
  }
}
