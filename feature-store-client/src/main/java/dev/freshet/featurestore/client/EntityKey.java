package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.result.FeatureResult;
import java.util.Optional;

/**
 * Builds the keys and field names of the feature store; the contract with its readers fixes them.
 */
public final class EntityKey {

  private static final String HEAD = "features:";

  /** The pattern of {@code SCAN} for keys of entities. */
  public static final String KEYS = HEAD + "*";

  private EntityKey() {}

  /** Returns the key {@code features:<dimension>:<value>}. */
  public static byte[] of(String dimension, String value) {
    return (HEAD + dimension + ":" + value).getBytes(UTF_8);
  }

  /** Returns the dimension of a key; empty if the key is not of an entity. */
  public static Optional<String> dimension(byte[] key) {
    String text = new String(key, UTF_8);
    int end = text.indexOf(':', HEAD.length());
    return text.startsWith(HEAD) && end > 0
        ? Optional.of(text.substring(HEAD.length(), end))
        : Optional.empty();
  }

  /** Returns the key of the entity of a result. */
  static byte[] of(FeatureResult result) {
    return of(result.dimension(), result.key());
  }

  /** Returns the prefix of a group's fields; names of groups have no colon. */
  public static String prefix(String featureGroup) {
    return featureGroup + ":";
  }

  /**
   * Returns the group of a field, such as {@code table_visits} of {@code table_visits:unserved}.
   */
  static String group(String field) {
    int colon = field.indexOf(':');
    return colon < 0 ? field : field.substring(0, colon);
  }
}
