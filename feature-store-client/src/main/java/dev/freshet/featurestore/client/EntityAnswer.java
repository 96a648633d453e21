package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.RedisRead;
import dev.freshet.result.DecimalText;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The values of one entity. Reads each while it arrives, without an object for a number. Written by
 * one thread, then read by others once its request is answered.
 */
final class EntityAnswer extends CommandOutput<byte[], byte[], Void> implements Found {

  private static final long NONE = Long.MIN_VALUE;

  private final EntityPlan plan;
  private final String id;
  private final double[] numbers;
  private final String[] texts;
  private final long[] instants;
  private final Map<String, String> unanswered = new HashMap<>(0);
  private final boolean[] isFromHistory;
  private boolean readsAll;

  /** How many texts of the answer have arrived, and the index of the field of the last one. */
  private int next;

  private int field;

  EntityAnswer(EntityPlan plan, String id) {
    super(ByteArrayCodec.INSTANCE, null);
    this.plan = plan;
    this.id = id;
    numbers = new double[plan.fields().size()];
    texts = new String[numbers.length];
    instants = new long[Age.FIELDS * plan.groups().size()];
    isFromHistory = new boolean[plan.groups().size()];
    clear();
  }

  RedisRead request() {
    readsAll = plan.readsAll();
    return plan.request(this, readsAll);
  }

  /** Begins an answer; another one, if a connection broke within the first. */
  @Override
  public void multi(int size) {
    next = 0;
    clear();
  }

  private void clear() {
    Arrays.fill(numbers, Double.NaN);
    Arrays.fill(texts, null);
    Arrays.fill(instants, NONE);
  }

  @Override
  public void set(ByteBuffer text) {
    int place = next++;
    if (!readsAll) {
      put(place, text);
    } else if (place % 2 == 0) {
      field = plan.indexOf(text);
      plan.noteSize(next / 2 + 1);
    } else if (field >= 0) {
      put(field, text);
    }
  }

  private void put(int index, ByteBuffer text) {
    if (text == null) {
      return;
    }
    if (index >= numbers.length) {
      instants[index - numbers.length] = (long) NumberText.parse(text);
    } else if (plan.isText(index)) {
      texts[index] = UTF_8.decode(text).toString();
    } else {
      numbers[index] = number(index, text);
    }
  }

  private double number(int index, ByteBuffer text) {
    try {
      return NumberText.parse(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "%s of %s '%s' is a text, '%s'; it was declared as a number"
              .formatted(plan.fields().get(index), dimension(), id, UTF_8.decode(text)),
          e);
    }
  }

  boolean has(int index) {
    return texts[index] != null || !Double.isNaN(numbers[index]);
  }

  double number(int index) {
    return numbers[index];
  }

  String text(int index) {
    return texts[index];
  }

  @Override
  public String dimension() {
    return plan.dimension();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public boolean asksFor(String group) {
    return plan.groups().contains(group);
  }

  @Override
  public boolean lacks(String group) {
    return lacks(plan.groups().indexOf(group));
  }

  boolean lacks(int group) {
    return instants[Age.FIELDS * group] == NONE;
  }

  /** Returns since when the values of a group are out of date; the far future if they are not. */
  long outdatedSince(int group) {
    long validUntil = instants[Age.FIELDS * group + 1];
    return validUntil == NONE ? Long.MAX_VALUE : validUntil;
  }

  /** Returns the age of a group's values, which {@link #lacks} has. */
  Age age(int group) {
    int at = Age.FIELDS * group;
    return new Age(instants[at], instant(at + 1), instant(at + 2), isFromHistory[group]);
  }

  private OptionalLong instant(int at) {
    return instants[at] == NONE ? OptionalLong.empty() : OptionalLong.of(instants[at]);
  }

  @Override
  public void add(FeatureResult result) {
    int group = plan.groups().indexOf(result.featureGroup());
    int at = Age.FIELDS * group;
    instants[at] = result.computedAt();
    instants[at + 1] = result.validUntil().orElse(NONE);
    instants[at + 2] = result.completeSince().orElse(NONE);
    isFromHistory[group] = true;
    String prefix = EntityKey.prefix(result.featureGroup());
    for (FeatureValue feature : result.features()) {
      int index = plan.fields().indexOf(prefix + feature.name());
      if (index >= 0) {
        add(index, feature);
      }
    }
  }

  private void add(int index, FeatureValue feature) {
    String text = feature.text();
    if (plan.isText(index)) {
      texts[index] = text == null ? DecimalText.of(feature.value()) : text;
    } else {
      numbers[index] = text == null ? feature.value() : number(index, UTF_8.encode(text));
    }
  }

  @Override
  public void leaveUnanswered(String group, String why) {
    unanswered.put(group, why);
  }

  boolean isUnanswered(int group) {
    return !unanswered.isEmpty() && unanswered.containsKey(plan.groups().get(group));
  }

  /** Returns all values, of which each is a text. */
  EntityFeatures features() {
    Map<String, String> found = new LinkedHashMap<>();
    for (int i = 0; i < texts.length; i++) {
      if (texts[i] != null) {
        found.put(plan.fields().get(i), texts[i]);
      }
    }
    Map<String, Age> ages = new TreeMap<>();
    for (int i = 0; i < isFromHistory.length; i++) {
      if (!lacks(i)) {
        ages.put(plan.groups().get(i), age(i));
      }
    }
    return new EntityFeatures(dimension(), id, found, ages, unanswered);
  }
}
