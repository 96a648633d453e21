package dev.freshet.state.redis;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The entities that a function has seen last, bounded in bytes: the least recently used go first.
 * It may be dropped at any time. Not safe for use by several threads.
 */
final class EntityCache {

  private static final int USUAL_ENTITIES = 1_024;

  /** An entity and what it was last known to take. */
  private record Slot(CachedEntity entity, long bytes) {}

  private final long mostBytes;

  /**
   * Each step takes its entities out and puts them in again: the first are the least recently used.
   */
  private final Map<String, Slot> slots = new LinkedHashMap<>(USUAL_ENTITIES);

  private long bytes;

  EntityCache(long mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** Takes an entity out; null if it is not known. */
  CachedEntity take(String entity) {
    Slot slot = slots.remove(entity);
    if (slot == null) {
      return null;
    }
    bytes -= slot.bytes;
    return slot.entity;
  }

  /** Puts an entity in; others go if there is no room. */
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
