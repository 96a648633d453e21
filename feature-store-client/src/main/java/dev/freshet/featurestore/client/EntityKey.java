package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Spells the keys and fields of the feature store, as the public contract has them. */
public final class EntityKey {

  private EntityKey() {}

  /** {@code features:<dimension>:<value>}. */
  public static byte[] of(String dimension, String value) {
    return ("features:" + dimension + ":" + value).getBytes(UTF_8);
  }

  /** What all fields of a group start with; no group's name has a colon. */
  public static String prefix(String featureGroup) {
    return featureGroup + ":";
  }
}
