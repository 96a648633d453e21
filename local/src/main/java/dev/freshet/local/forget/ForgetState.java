package dev.freshet.local.forget;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.freshet.redis.Redis;
import dev.freshet.stepfunctions.HandlerRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes the state of a group, or of one of its entities: what is held of its events, its due
 * instants, and of a whole group its lease and its place in the watchdog's list.
 */
public final class ForgetState {

  private static final String INDEX = "due";

  private final Redis redis;
  private final Forgotten what;
  private final boolean hasGenerations;
  private long keys;
  private long dueInstants;

  public ForgetState(Redis redis, Forgotten what) {
    this.redis = redis;
    this.what = what;
    this.hasGenerations = count(generations()) > 0;
  }

  public void run() {
    String group = what.featureGroup();
    KeyScan.of(redis, "state:{" + group + "/*", page -> page.forEach(this::forget));
    if (what.entity().isEmpty()) {
      remove(generations());
      remove(("recalculation:" + group).getBytes(UTF_8));
      if (!what.isDryRun()) {
        deregister();
      }
    }
  }

  private byte[] generations() {
    return ("state:{" + what.featureGroup() + "}:generations").getBytes(UTF_8);
  }

  private void forget(byte[] key) {
    String text = new String(key, UTF_8);
    StateKeyName name = StateKeyName.of(text, hasGenerations);
    if (name.isOfPartition()) {
      forgetPartition(key, name.part());
    } else if (what.isOf(name.entity())) {
      remove(key);
    }
  }

  /** What a partition has is of all its entities; in an index, each has an entry. */
  private void forgetPartition(byte[] key, String part) {
    if (what.entity().isEmpty()) {
      dueInstants += part.equals(INDEX) ? redis.<Long>ask(commands -> commands.zcard(key)) : 0;
      remove(key);
    } else if (part.equals(INDEX)) {
      byte[] entity = what.entity().get().getBytes(UTF_8);
      boolean isThere = redis.<Double>ask(commands -> commands.zscore(key, entity)) != null;
      dueInstants += isThere ? 1 : 0;
      if (isThere && !what.isDryRun()) {
        Long unused = redis.ask(commands -> commands.zrem(key, entity));
      }
    }
  }

  private void remove(byte[] key) {
    keys += what.isDryRun() ? count(key) : redis.<Long>ask(commands -> commands.unlink(key));
  }

  private long count(byte[] key) {
    return redis.<Long>ask(commands -> commands.exists(key));
  }

  /** Handlers are named after their groups; one of another name is left to the watchdog. */
  private void deregister() {
    HandlerRegistry registry = new HandlerRegistry(redis);
    Set<String> all = registry.all();
    all.stream().filter(each -> each.endsWith("." + handler())).forEach(registry::remove);
  }

  private String handler() {
    List<String> words = Arrays.asList(what.featureGroup().split("_", -1));
    return words.stream()
            .map(word -> Character.toUpperCase(word.charAt(0)) + word.substring(1))
            .collect(Collectors.joining())
        + "Handler";
  }

  public long keys() {
    return keys;
  }

  public long dueInstants() {
    return dueInstants;
  }
}
