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

  /** An entity and its size when it was last put. */
  private record Slot(CachedEntity entity, long bytes) {}

  private final long mostBytes;

  /**
   * Each step removes its entities and puts them back at the end, so the first are the least
   * recently used.
   */
  private final Map<String, Slot> slots = new LinkedHashMap<>(USUAL_ENTITIES);

  private long bytes;

  EntityCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Removes and returns an entity; null if it is not cached. */
  CachedEntity take(String entity) {
    Slot slot = slots.remove(entity);
    if (slot == null) {
      return null;
    }
    bytes -= slot.bytes;
    return slot.entity;
  }

  /** Removes all entities. */
  void clear() {
    slots.clear();
    bytes = 0;
  }

  /** Adds an entity, and evicts others if there is no room. */
  void put(String name, CachedEntity entity) {
    Slot slot = new Slot(entity, entity.sizeBytes());
    Slot before = slots.put(name, slot);
    bytes += slot.bytes - (before == null ? 0 : before.bytes);
    Iterator<Slot> oldest = slots.values().iterator();
    while (bytes > mostBytes && oldest.hasNext()) {
      bytes -= oldest.next().bytes;
      oldest.remove();
    }
  }
}
