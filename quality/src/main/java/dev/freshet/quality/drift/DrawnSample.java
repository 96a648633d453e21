package dev.freshet.quality.drift;

import static java.util.stream.Collectors.toMap;

import dev.freshet.featurestore.client.EntityKey;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/** The keys drawn of each dimension, without duplicates and keys of anything else. */
final class DrawnSample {

  private final int wanted;
  private final Set<ByteBuffer> seen = new HashSet<>();
  private final Map<String, List<byte[]>> keys = new TreeMap<>();

  /**
   * @param wanted how many of each dimension
   */
  DrawnSample(Set<String> dimensions, int wanted) {
    this.wanted = wanted;
    dimensions.forEach(each -> keys.put(each, new ArrayList<>()));
  }

  /** Adds a key that was drawn, unless its dimension has enough. */
  void add(byte[] key) {
    List<byte[]> ofDimension = ofDimension(key);
    if (ofDimension != null && ofDimension.size() < wanted && seen.add(ByteBuffer.wrap(key))) {
      ofDimension.add(key);
    }
  }

  /** Adds a key of all that there are; {@link #choose} then chooses among them. */
  void addAny(byte[] key) {
    List<byte[]> ofDimension = ofDimension(key);
    if (ofDimension != null && seen.add(ByteBuffer.wrap(key))) {
      ofDimension.add(key);
    }
  }

  private List<byte[]> ofDimension(byte[] key) {
    return key == null ? null : EntityKey.dimension(key).map(keys::get).orElse(null);
  }

  /** Keeps of each dimension as many as are wanted; the same for the same keys and seed. */
  void choose(Random random) {
    keys.replaceAll(
        (dimension, all) -> {
          all.sort((one, other) -> ByteBuffer.wrap(one).compareTo(ByteBuffer.wrap(other)));
          Collections.shuffle(all, random);
          return all.subList(0, Math.min(wanted, all.size()));
        });
  }

  boolean isEnough() {
    return keys.values().stream().allMatch(each -> each.size() == wanted);
  }

  Map<String, List<byte[]>> keys() {
    return keys;
  }

  /** Returns how many keys each dimension has. */
  Map<String, Integer> sizes() {
    return keys.entrySet().stream()
        .collect(toMap(Map.Entry::getKey, each -> each.getValue().size(), Math::max, TreeMap::new));
  }
}
