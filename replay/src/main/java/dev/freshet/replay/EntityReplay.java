package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import java.time.Duration;
import java.util.List;

/**
 * The feature groups of one entity, all of its dimension, from its first event on: the core of
 * every replay.
 *
 * <p>Events and questions come in the order of time, at an instant events first, and events of an
 * instant in the order of {@code EventOrder}. An event counts as if it had arrived when it
 * occurred. Then nothing is late, no question sees what happens after it, and the state is that of
 * the online path at that instant. It holds what the entity's windows hold and no more.
 *
 * <p>All groups of the dimension have to take part: the feature store keeps them in one hash, and
 * whichever writes last keeps it alive. Not safe for use by several threads.
 */
public final class EntityReplay {

  private final List<GroupReplay> groups;
  private final long timeToLiveMillis;
  private long lastWriteMillis = GroupReplay.NEVER;

  /**
   * @param timeToLive how long the state of last events and the entity's hash in the feature store
   *     outlive their last write
   */
  public EntityReplay(List<FeatureGroup> groups, String entity, Duration timeToLive) {
    this.groups = groups.stream().map(group -> new GroupReplay(group, entity, timeToLive)).toList();
    this.timeToLiveMillis = timeToLive.toMillis();
  }

  /**
   * Takes an event.
   *
   * @param group its group's index
   * @return false if it is the event before once more
   */
  public boolean apply(int group, Event event) {
    if (hasExpiredAt(event.occurredAtMillis())) {
      passTo(event.occurredAtMillis());
    }
    boolean applied = groups.get(group).apply(event);
    lastWriteMillis = Math.max(lastWriteMillis, event.occurredAtMillis());
    return applied;
  }

  /**
   * The features that the last event of a group published.
   *
   * @param into takes them from {@code start} on, NaN where absent
   */
  public void published(int group, double[] into, int start) {
    groups.get(group).write(into, start);
  }

  /**
   * The features of all groups that serving would have read at an instant.
   *
   * @param into takes them from {@code start} on, group by group, NaN where absent
   */
  public void featuresAt(long atMillis, double[] into, int start) {
    passTo(atMillis);
    int column = start;
    for (GroupReplay group : groups) {
      group.write(into, column);
      column += group.width();
    }
  }

  /** Whether the feature store has features of a group, at the instant last asked for. */
  public boolean isStored(int group) {
    return groups.get(group).isStored();
  }

  private void passTo(long atMillis) {
    for (GroupReplay group : groups) {
      lastWriteMillis = Math.max(lastWriteMillis, group.passTo(atMillis));
    }
    if (hasExpiredAt(atMillis)) {
      groups.forEach(GroupReplay::expire);
    }
  }

  private boolean hasExpiredAt(long atMillis) {
    return lastWriteMillis != GroupReplay.NEVER && atMillis > lastWriteMillis + timeToLiveMillis;
  }
}
