package dev.freshet.quality.drift;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.freshet.redis.Redis;
import dev.freshet.replay.file.OutputFile;
import io.lettuce.core.RedisFuture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Keeps baselines by the names of their features: in a file, as one JSON object, or in the feature
 * store, as the hash {@code freshet:baseline}.
 */
public final class Baselines {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] KEY = "freshet:baseline".getBytes(UTF_8);

  /** In the slot of the key, so that a cluster can rename it. */
  private static final byte[] UNFINISHED = "{freshet:baseline}:unfinished".getBytes(UTF_8);

  private Baselines() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it has no baselines; the message names it
   */
  public static Map<String, Baseline> read(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("there is no file " + file + ": make it with --save-baseline " + file);
    }
    Map<String, Baseline> baselines;
    try {
      baselines = JSON.readValue(file.toFile(), new TypeReference<TreeMap<String, Baseline>>() {});
    } catch (JsonProcessingException e) {
      throw new IOException(notRead(file.toString(), e.getOriginalMessage()), e);
    }
    if (baselines == null) {
      throw new IOException(notRead(file.toString(), "it is null"));
    }
    baselines.forEach((name, each) -> requireWhole(file.toString(), name, each));
    return baselines;
  }

  /** Writes a file, which appears when it is complete. */
  public static void write(Path file, Map<String, Baseline> baselines) throws IOException {
    ObjectWriter writer = JSON.writerWithDefaultPrettyPrinter();
    OutputFile.write(file, unfinished -> writer.writeValue(unfinished.toFile(), baselines));
  }

  /**
   * Reads those of a feature store; none if none were saved.
   *
   * @throws IllegalStateException if one cannot be read; the message names it
   */
  public static Map<String, Baseline> read(Redis store) {
    Map<String, Baseline> baselines = new TreeMap<>();
    String place = "the feature store's " + text(KEY);
    store
        .ask(commands -> commands.hgetall(KEY))
        .forEach(
            (field, value) -> {
              String name = text(field);
              try {
                Baseline baseline = JSON.readValue(value, Baseline.class);
                requireWhole(place, name, baseline);
                baselines.put(name, baseline);
              } catch (IOException e) {
                throw new IllegalStateException(
                    notRead(place, "the baseline of " + name + " is no JSON of one"), e);
              }
            });
    return baselines;
  }

  /** Replaces those of a feature store, all at once. */
  @SuppressWarnings("ArrayAsKeyOfSetOrMap") // the client reads the pairs, and looks up none
  public static void write(Redis store, Map<String, Baseline> baselines) {
    Map<byte[], byte[]> fields = new LinkedHashMap<>();
    baselines.forEach((name, each) -> fields.put(name.getBytes(UTF_8), bytes(each)));
    List<RedisFuture<?>> answers = new ArrayList<>();
    store.pipeline(
        commands -> {
          answers.add(commands.del(UNFINISHED));
          answers.add(commands.hset(UNFINISHED, fields));
          answers.add(commands.rename(UNFINISHED, KEY));
          return answers;
        });
    for (RedisFuture<?> each : answers) {
      var unused = StoredFeatures.await(store, List.of(each));
    }
  }

  /**
   * Removes those of a feature group from a feature store.
   *
   * @param dryRun whether to count only
   * @return how many there are, or were
   */
  public static long forget(Redis store, String group, boolean dryRun) {
    byte[][] names =
        store.ask(commands -> commands.hkeys(KEY)).stream()
            .filter(name -> text(name).startsWith(group + ":"))
            .toArray(byte[][]::new);
    return dryRun || names.length == 0
        ? names.length
        : store.<Long>ask(commands -> commands.hdel(KEY, names));
  }

  private static byte[] bytes(Baseline baseline) {
    try {
      return JSON.writeValueAsBytes(baseline);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void requireWhole(String place, String name, Baseline baseline) {
    if (!name.contains(":") || baseline == null || !baseline.isWhole()) {
      throw new IllegalStateException(
          notRead(place, "the baseline of '%s' is not complete".formatted(name)));
    }
  }

  private static String notRead(String place, String why) {
    return "cannot read baselines from %s: %s; save them anew with --save-baseline"
        .formatted(place, why);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
