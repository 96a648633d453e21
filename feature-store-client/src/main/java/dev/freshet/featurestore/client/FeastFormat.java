package dev.freshet.featurestore.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Script;
import dev.freshet.redis.ScriptArguments;
import dev.freshet.result.FeatureResult;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The format of Feast's online store in Redis, keys of version 3, which Feast's clients read. A
 * group is a feature view; a dimension is an entity whose join key has its name.
 *
 * <p>The hash of an entity has a field {@code _ts:<group>}, the instant that the values describe,
 * and one for each feature: the hash of {@code <group>:<feature>}. The fields {@code
 * <group>:@version} and {@code <group>:@fields} are for the writer; Feast's clients do not ask for
 * them.
 *
 * @param project of Feast
 * @param integerEntities the dimensions whose ids are integers in Feast (INT64), not texts
 */
public record FeastFormat(String project, Set<String> integerEntities) implements ResultFormat {

  /** The pattern of {@code SCAN} for keys of entities. */
  public static final String KEYS = FeastBytes.KEY_HEAD + "*";

  /** Of a group: the fields that the features of its last result have. */
  public static final String FIELDS = "@fields";

  private static final String VERSION = "@version";
  private static final String TIMESTAMP = "_ts:";
  private static final Script SCRIPT = Script.beside(FeastFormat.class, "feast.lua");

  @Override
  public Script script() {
    return SCRIPT;
  }

  @Override
  public byte[] key(FeatureResult result) {
    return FeastBytes.entityKey(
        project, result.dimension(), result.key(), integerEntities.contains(result.dimension()));
  }

  /** Returns the id of the entity of a key; empty if the key is not of this format. */
  public static Optional<String> id(byte[] key) {
    return FeastBytes.id(key);
  }

  /**
   * Returns the fields of a group in the hash of an entity, what is for the writer included.
   *
   * @param fields the value of {@code <group>:@fields}
   */
  public static List<byte[]> fields(String group, byte[] fields) {
    List<byte[]> all = new ArrayList<>();
    for (String name : List.of(VERSION, FIELDS)) {
      all.add((EntityKey.prefix(group) + name).getBytes(UTF_8));
    }
    all.add((TIMESTAMP + group).getBytes(UTF_8));
    for (int i = 0; i < fields.length; i += Integer.BYTES) {
      all.add(Arrays.copyOfRange(fields, i, i + Integer.BYTES));
    }
    return all;
  }

  @Override
  public List<ScriptArguments> calls(List<FeatureResult> results, Duration timeToLive, int most) {
    List<ScriptArguments> calls = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (i % most == 0) {
        ScriptArguments call = new ScriptArguments();
        call.argument(timeToLive.toMillis());
        call.argument(timeToLive.minus(ResultCalls.leeway(timeToLive)).toMillis());
        calls.add(call);
      }
      add(results.get(i), calls.get(i / most));
    }
    return calls;
  }

  private void add(FeatureResult result, ScriptArguments call) {
    String prefix = EntityKey.prefix(result.featureGroup());
    List<byte[]> fields =
        result.features().stream().map(each -> FeastBytes.field(prefix + each.name())).toList();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    fields.forEach(all::writeBytes);
    call.key(key(result));
    call.argument(3 + fields.size());
    call.argument(prefix + VERSION);
    call.argument(result.version());
    call.argument(prefix + FIELDS);
    call.argument(all.toByteArray());
    call.argument(TIMESTAMP + result.featureGroup());
    call.argument(FeastBytes.timestamp(result.computedAt()));
    for (int i = 0; i < fields.size(); i++) {
      call.argument(fields.get(i));
      call.argument(FeastBytes.value(result.features().get(i)));
    }
  }
}
