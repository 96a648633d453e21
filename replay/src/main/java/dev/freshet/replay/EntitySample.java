package dev.freshet.replay;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.event.Event;
import dev.freshet.replay.sort.KeyReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32;

/**
 * Draws entities at random from steps of one group in any order, and keeps their events. Each
 * entity has a random number, which depends on the seed; those with the least are drawn.
 */
public final class EntitySample {

  private final FeatureColumns columns;
  private final int size;
  private final long seed;
  private final TreeMap<Drawn, List<Event>> drawn = new TreeMap<>();

  private record Drawn(long number, String entity) implements Comparable<Drawn> {
    @Override
    public int compareTo(Drawn other) {
      int byNumber = Long.compare(number, other.number);
      return byNumber != 0 ? byNumber : entity.compareTo(other.entity);
    }
  }

  /**
   * @param columns the columns of one group
   * @param size how many entities to draw
   */
  public EntitySample(FeatureColumns columns, int size, long seed) {
    this.columns = columns;
    this.size = size;
    this.seed = seed;
  }

  /** Takes a step, which is an event. */
  void take(byte[] step) {
    if (size > 0) {
      KeyReader in = new KeyReader(step);
      in.small();
      String entity = in.text();
      Drawn key = new Drawn(number(entity), entity);
      if (isDrawn(key)) {
        drawn
            .computeIfAbsent(key, unseen -> new ArrayList<>())
            .add(((Step.Happened) Step.read(step, columns)).event());
      }
    }
  }

  private boolean isDrawn(Drawn key) {
    if (drawn.containsKey(key)) {
      return true;
    }
    if (drawn.size() == size) {
      if (key.compareTo(drawn.lastKey()) > 0) {
        return false;
      }
      drawn.pollLastEntry();
    }
    return true;
  }

  private long number(String entity) {
    CRC32 hash = new CRC32();
    hash.update(entity.getBytes(UTF_8));
    return new SplittableRandom(seed + hash.getValue()).nextLong();
  }

  /** Returns the entities drawn, in random order, with their events in the order of the steps. */
  public Map<String, List<Event>> events() {
    Map<String, List<Event>> events = new LinkedHashMap<>();
    drawn.forEach((key, of) -> events.put(key.entity(), List.copyOf(of)));
    return events;
  }
}
