package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.result.FeatureResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes results as the arguments that {@code write_results.lua} expects. Keeps the bytes of field
 * names, which are the same in result after result. Not safe for use by several threads.
 */
final class ResultArguments {

  /** More groups than one platform has; a stream of made-up names must not fill the memory. */
  private static final int MOST_GROUPS = 1_000;

  private static final int MOST_FIELDS = 10_000;
  private static final byte[] UNKNOWN = bytes("-1");

  private static final long LONGEST_LEEWAY_MILLIS = Duration.ofHours(1).toMillis();

  private final Map<String, Fields> groups = new HashMap<>();

  /**
   * Returns the arguments that store results.
   *
   * @param timeToLive renewed when a part of it, an hour at most, has passed
   */
  byte[][] of(List<FeatureResult> results, Duration timeToLive) {
    List<byte[]> out = new ArrayList<>(2 + 32 * results.size());
    long millis = timeToLive.toMillis();
    out.add(bytes(Long.toString(millis)));
    out.add(bytes(Long.toString(Math.min(millis / 4, LONGEST_LEEWAY_MILLIS))));
    for (FeatureResult result : results) {
      add(result, out);
    }
    return out.toArray(byte[][]::new);
  }

  private void add(FeatureResult result, List<byte[]> out) {
    Fields fields = fields(result.featureGroup());
    int head = out.size();
    out.add(null); // the number of fields, once they are added
    out.add(UNKNOWN);
    ResultFields.of(
        result,
        (name, text) -> {
          out.add(fields.of(name));
          out.add(bytes(text));
        });
    int end = out.size();
    out.set(head, bytes(Integer.toString((end - head - 2) / 2)));
    if (result.absent() != null) {
      addAbsent(fields, result, out);
      out.set(head + 1, bytes(Integer.toString(out.size() - end)));
    }
  }

  private static void addAbsent(Fields fields, FeatureResult result, List<byte[]> out) {
    if (result.validUntil().isEmpty()) {
      out.add(fields.of(Age.VALID_UNTIL));
    }
    if (result.completeSince().isEmpty()) {
      out.add(fields.of(Age.COMPLETE_SINCE));
    }
    result.absent().forEach(name -> out.add(fields.of(name)));
  }

  private Fields fields(String group) {
    if (groups.size() > MOST_GROUPS) {
      groups.clear();
    }
    return groups.computeIfAbsent(group, Fields::new);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** The fields of a group, by the name of the feature. */
  private static final class Fields {

    private final String prefix;
    private final Map<String, byte[]> known = new HashMap<>();

    Fields(String group) {
      prefix = EntityKey.prefix(group);
    }

    byte[] of(String name) {
      byte[] field = known.get(name);
      if (field == null) {
        if (known.size() > MOST_FIELDS) {
          known.clear();
        }
        field = bytes(prefix + name);
        known.put(name, field);
      }
      return field;
    }
  }
}
