package dev.freshet.replay;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.event.Event;
import dev.freshet.fold.FeatureValues;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Replays one entity with all feature groups of its dimension, from its first event on. Every
 * replay uses it.
 *
 * <p>Takes events and questions in the order of time; at one instant events first, in the order of
 * {@code EventOrder}. An event arrives when it occurs. So no event is late, no question sees later
 * events, and the state at each instant is that of the online path. The state holds the events of
 * the entity's windows and no others.
 *
 * <p>All groups of the dimension must take part: the feature store keeps them in one hash, and a
 * write by any of them renews its expiry. Not safe for use by several threads.
 */
public final class EntityReplay {

  private final List<GroupReplay> groups;
  private final int width;
  private final long timeToLiveMillis;
  private long lastWriteMillis = GroupReplay.NEVER;

  /**
   * @param timeToLive how long the state of last events and the entity's hash in the feature store
   *     outlive their last write
   */
  public EntityReplay(List<FeatureGroup> groups, Duration timeToLive) {
    this.groups = groups.stream().map(group -> new GroupReplay(group, timeToLive)).toList();
    this.width = this.groups.stream().mapToInt(GroupReplay::width).sum();
    this.timeToLiveMillis = timeToLive.toMillis();
  }

  /**
   * Applies an event.
   *
   * @param group the index of its group
   * @return false if it repeats the event before
   */
  public boolean apply(int group, Event event) {
    if (hasExpiredAt(event.occurredAtMillis())) {
      passTo(event.occurredAtMillis());
    }
    boolean applied = groups.get(group).apply(event);
    lastWriteMillis = Math.max(lastWriteMillis, event.occurredAtMillis());
    return applied;
  }

  /** Returns how many events and items of a group went, as the entity held too many. */
  long dropped(int group) {
    return groups.get(group).dropped();
  }

  /** Returns the features of a group as the last event or question left them. */
  public FeatureValues features(int group) {
    return groups.get(group).features();
  }

  /**
   * Returns the features of all groups, group by group, as serving would have read them at an
   * instant.
   */
  public FeatureValues featuresAt(long atMillis) {
    boolean[] all = new boolean[groups.size()];
    Arrays.fill(all, true);
    return featuresAt(atMillis, all);
  }

  /** The same, but those of a group that is not wanted are absent. */
  FeatureValues featuresAt(long atMillis, boolean[] wanted) {
    passTo(atMillis);
    FeatureValues features = new FeatureValues(width);
    int start = 0;
    for (int i = 0; i < wanted.length; i++) {
      GroupReplay group = groups.get(i);
      if (wanted[i]) {
        features.copy(0, group.features(), start, group.width());
      }
      start += group.width();
    }
    return features;
  }

  /**
   * Moves a group on to an instant before any of its state, or of the entity's hash, may expire.
   * This is the same as the passing of time that {@link #featuresAt} looks at, but for changes of
   * features without an event, which renew the expiry.
   */
  void advance(int group, long atMillis) {
    groups.get(group).advanceTo(atMillis);
  }

  /** Tells whether the feature store has features of a group, at the instant last asked for. */
  public boolean isStored(int group) {
    return groups.get(group).isStored();
  }

  /** Returns the time of the first event of a group since its state last expired. */
  public long rememberedFromMillis(int group) {
    return groups.get(group).rememberedFromMillis();
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
