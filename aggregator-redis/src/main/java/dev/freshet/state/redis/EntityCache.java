package dev.freshet.state.redis;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A cache of entities with bounded memory; it evicts the least recently used first. Losing it costs
 * only time. Not safe for use by several threads.
 */
final class EntityCache {

  private static final int USUAL_ENTITIES = 1_024;

  /** An entity and its size when it was last put; no entity while a step has it. */
  private static final class Slot {
    private CachedEntity entity;
    private long bytes;
  }

  private final long mostBytes;

  /** In the order in which they were last used. */
  private final Map<String, Slot> slots = new LinkedHashMap<>(USUAL_ENTITIES, 0.75f, true);

  private long bytes;

  EntityCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /**
   * Hands over an entity to a step, which puts it back if it succeeds; null if it is not cached.
   */
  CachedEntity take(String name) {
    Slot slot = slots.get(name);
    if (slot == null) {
      return null;
    }
    CachedEntity taken = slot.entity;
    fill(slot, null, 0);
    return taken;
  }

  private void fill(Slot slot, CachedEntity entity, long itsBytes) {
    bytes += itsBytes - slot.bytes;
    slot.entity = entity;
    slot.bytes = itsBytes;
  }

  /** Removes all entities. */
  void clear() {
    slots.clear();
    bytes = 0;
  }

  /** Adds an entity, and evicts others if there is no room. */
  void put(String name, CachedEntity entity) {
    fill(slots.computeIfAbsent(name, unseen -> new Slot()), entity, entity.sizeBytes());
    Iterator<Slot> oldest = slots.values().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }
}
