package dev.freshet.featurestore.client;

import dev.freshet.redis.Script;
import dev.freshet.redis.ScriptArguments;
import dev.freshet.result.FeatureResult;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    call.argument(prefix + "@version");
    call.argument(result.version());
    call.argument(prefix + "@fields");
    call.argument(all.toByteArray());
    call.argument("_ts:" + result.featureGroup());
    call.argument(FeastBytes.timestamp(result.computedAt()));
    for (int i = 0; i < fields.size(); i++) {
      call.argument(fields.get(i));
      call.argument(FeastBytes.value(result.features().get(i)));
    }
  }
}
