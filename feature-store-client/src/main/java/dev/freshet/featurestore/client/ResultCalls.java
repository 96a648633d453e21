package dev.freshet.featurestore.client;

import dev.freshet.redis.Script;
import dev.freshet.redis.ScriptArguments;
import dev.freshet.result.FeatureResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes results as calls of {@code results.lua}. The names of fields are the same in result after
 * result: keeps their bytes, and has each call name them once. Not safe for use by several threads.
 */
final class ResultCalls implements ResultFormat {

  /** More groups than one platform has; a stream of made-up names must not fill the memory. */
  private static final int MOST_GROUPS = 1_000;

  /** Features that come and go give a group several shapes; forgetting them only costs time. */
  private static final int MOST_SHAPES = 32;

  private static final Duration LONGEST_LEEWAY = Duration.ofHours(1);
  private static final Script SCRIPT = Script.beside(ResultCalls.class, "results.lua");

  private final Map<String, List<ResultShape>> shapes = new HashMap<>();

  @Override
  public Script script() {
    return SCRIPT;
  }

  @Override
  public byte[] key(FeatureResult result) {
    return EntityKey.of(result);
  }

  @Override
  public List<ScriptArguments> calls(List<FeatureResult> results, Duration timeToLive, int most) {
    List<ScriptArguments> calls = new ArrayList<>();
    int room = 0;
    for (var same : byShape(results).entrySet()) {
      List<FeatureResult> rest = same.getValue();
      while (!rest.isEmpty()) {
        if (room == 0) {
          calls.add(begin(results, timeToLive));
          room = most;
        }
        int next = Math.min(room, rest.size());
        add(same.getKey(), rest.subList(0, next), calls.get(calls.size() - 1));
        rest = rest.subList(next, rest.size());
        room -= next;
      }
    }
    return calls;
  }

  private Map<ResultShape, List<FeatureResult>> byShape(List<FeatureResult> results) {
    Map<ResultShape, List<FeatureResult>> same = new LinkedHashMap<>();
    for (FeatureResult each : results) {
      same.computeIfAbsent(shape(each), unseen -> new ArrayList<>()).add(each);
    }
    return same;
  }

  private ResultShape shape(FeatureResult result) {
    if (shapes.size() > MOST_GROUPS) {
      shapes.clear();
    }
    List<ResultShape> known =
        shapes.computeIfAbsent(result.featureGroup(), unseen -> new ArrayList<>());
    for (ResultShape each : known) {
      if (each.fits(result)) {
        return each;
      }
    }
    if (known.size() == MOST_SHAPES) {
      known.clear();
    }
    known.add(ResultShape.of(result));
    return known.get(known.size() - 1);
  }

  /** Returns the part of the time to live that may pass before it is renewed. */
  static Duration leeway(Duration timeToLive) {
    Duration quarter = Duration.ofMillis(Math.max(1, timeToLive.toMillis() / 4));
    return quarter.compareTo(LONGEST_LEEWAY) < 0 ? quarter : LONGEST_LEEWAY;
  }

  /** Begins a call; the first write of each leeway looks whether to renew the time to live. */
  private static ScriptArguments begin(List<FeatureResult> results, Duration timeToLive) {
    long leeway = leeway(timeToLive).toMillis();
    long newest = results.stream().mapToLong(FeatureResult::computedAt).max().orElse(0);
    ScriptArguments call = new ScriptArguments();
    call.argument(timeToLive.toMillis());
    call.argument(newest - Math.floorMod(newest, leeway));
    return call;
  }

  private void add(ResultShape shape, List<FeatureResult> results, ScriptArguments call) {
    call.argument(results.size());
    call.argument(shape.fields().size());
    call.argument(shape.absent() == null ? -1 : shape.absent().size());
    Values values = new Values(shape.fields().iterator(), call);
    for (int i = 0; i < results.size(); i++) {
      call.key(key(results.get(i)));
      ResultFields.of(results.get(i), values);
      if (i == 0 && shape.absent() != null) {
        shape.absent().forEach(call::argument);
      }
    }
  }

  /** Adds the values of results to a call; those of the first result with their names. */
  private record Values(Iterator<byte[]> names, ScriptArguments call) implements ResultFields {

    @Override
    public void add(String name, String text) {
      addName();
      call.argument(text);
    }

    @Override
    public void add(String name, long number) {
      addName();
      call.argument(number);
    }

    private void addName() {
      if (names.hasNext()) {
        call.argument(names.next());
      }
    }
  }
}
