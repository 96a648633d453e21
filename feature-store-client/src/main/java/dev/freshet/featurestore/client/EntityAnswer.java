package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Request;
import dev.freshet.result.DecimalText;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.FeatureResult.FeatureValue;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.protocol.CommandType;
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
  private int next;

  EntityAnswer(EntityPlan plan, String id) {
    super(ByteArrayCodec.INSTANCE, null);
    this.plan = plan;
    this.id = id;
    numbers = new double[plan.fields().size()];
    texts = new String[numbers.length];
    instants = new long[Age.FIELDS * plan.groups().size()];
    isFromHistory = new boolean[plan.groups().size()];
    Arrays.fill(numbers, Double.NaN);
    Arrays.fill(instants, NONE);
  }

  Request request() {
    byte[] key = EntityKey.of(plan.dimension(), id);
    return new Request(CommandType.HMGET, this, plan.arguments(key));
  }

  /** Begins an answer; another one, if a connection broke within the first. */
  @Override
  public void multi(int size) {
    next = 0;
  }

  @Override
  public void set(ByteBuffer text) {
    int index = next++;
    if (index >= numbers.length) {
      instants[index - numbers.length] = text == null ? NONE : (long) NumberText.parse(text);
    } else if (text == null) {
      put(index, Double.NaN, null);
    } else if (plan.isText()[index]) {
      put(index, Double.NaN, UTF_8.decode(text).toString());
    } else {
      put(index, number(index, text), null);
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

  private void put(int index, double number, String text) {
    numbers[index] = number;
    texts[index] = text;
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
    boolean isNumber = feature.text() == null;
    if (plan.isText()[index]) {
      put(index, Double.NaN, isNumber ? DecimalText.of(feature.value()) : feature.text());
    } else {
      put(index, isNumber ? feature.value() : number(index, UTF_8.encode(feature.text())), null);
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
