package dev.freshet.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.zip.CRC32;

/**
 * Draws entities at random from a series of values, which may come in any order, and keeps the
 * values of those. Each entity has a random number, which depends on the seed; the least are drawn.
 */
public final class EntitySample<T> {

  private final int size;
  private final long seed;
  private final TreeMap<Drawn, List<T>> drawn = new TreeMap<>();

  private record Drawn(long number, String entity) implements Comparable<Drawn> {
    @Override
    public int compareTo(Drawn other) {
      int byNumber = Long.compare(number, other.number);
      return byNumber != 0 ? byNumber : entity.compareTo(other.entity);
    }
  }

  /**
   * @param size how many entities to draw
   */
  public EntitySample(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /** Takes a value of an entity; asks for it only if the entity is drawn. */
  public void see(String entity, Supplier<T> value) {
    if (size > 0) {
      Drawn key = new Drawn(number(entity), entity);
      if (isDrawn(key)) {
        drawn.computeIfAbsent(key, unseen -> new ArrayList<>()).add(value.get());
      }
    }
  }

  /** An entity that is drawn now was drawn when it was first seen, so that no value lacks. */
  private boolean isDrawn(Drawn key) {
    if (drawn.size() < size || drawn.containsKey(key)) {
      return true;
    }
    if (key.compareTo(drawn.lastKey()) > 0) {
      return false;
    }
    drawn.pollLastEntry();
    return true;
  }

  private long number(String entity) {
    CRC32 hash = new CRC32();
    hash.update(entity.getBytes(UTF_8));
    return new SplittableRandom(seed + hash.getValue()).nextLong();
  }

  /** Returns the entities drawn, in random order, with their values in the order of the series. */
  public Map<String, List<T>> drawn() {
    Map<String, List<T>> values = new LinkedHashMap<>();
    drawn.forEach((key, of) -> values.put(key.entity(), List.copyOf(of)));
    return values;
  }
}
