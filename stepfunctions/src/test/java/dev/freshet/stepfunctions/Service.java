package dev.freshet.stepfunctions;

import dev.freshet.engine.NextChanges;
import dev.freshet.metrics.Metrics;
import dev.freshet.redis.Redis;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.PartitionRange;
import dev.freshet.testdriver.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A deployed group without its features: functions, executions that sleep, and due keys. */
final class Service implements Executions {

  private static final Pattern INPUT =
      Pattern.compile(
          "\"range\":(\\d+),\"ranges\":(\\d+),\"token\":\"(\\d+)\".*\"wakeAt\":\"([^\"]+)\"");

  final Map<String, Long> due = new HashMap<>();
  final TreeMap<String, WakeUp> asleep = new TreeMap<>();
  final HandClock clock;
  private final Redis redis;
  private long latestMillis;

  Service(Redis redis, long startMillis) {
    this.redis = redis;
    this.clock = new HandClock(startMillis);
  }

  /** Returns the timer of a new function. */
  RecalculationTimer function(int ranges) {
    return new RecalculationTimer(
        "g", PartitionRange.of(ranges), redis, this, Duration.ofSeconds(1), clock, Metrics.NONE);
  }

  DueMap dueKeys() {
    return new DueMap(due);
  }

  /** Has entities change at an instant, as a step does, and returns what its batch reports. */
  NextChanges step(long changeMillis, String... entities) {
    NextChanges changes = new NextChanges();
    for (String entity : entities) {
      due.merge(entity, changeMillis, Math::min);
      changes.add(entity, changeMillis);
    }
    return changes;
  }

  /** Makes a lap of an execution: recalculates what is due in its range, and asks what is next. */
  void lap(String execution, RecalculationTimer function) {
    recalculate(asleep.get(execution).range());
    WakeUp next = function.next(asleep.get(execution), dueKeys());
    if (next.pending()) {
      asleep.put(execution, next);
    } else {
      asleep.remove(execution);
    }
  }

  void recalculate(PartitionRange range) {
    for (DueKey each : dueKeys().in(range).due(clock.millis(), Integer.MAX_VALUE)) {
      latestMillis = Math.max(latestMillis, clock.millis() - each.dueMillis());
      due.remove(each.key());
    }
  }

  /** Returns the longest time that a change waited for its recalculation. */
  long latestMillis() {
    long waiting = due.values().stream().mapToLong(at -> clock.millis() - at).max().orElse(0);
    return Math.max(latestMillis, waiting);
  }

  /** The ranges of the executions that are asleep. */
  List<PartitionRange> ranges() {
    return asleep.values().stream().map(WakeUp::range).toList();
  }

  @Override
  public void start(String name, String inputJson) {
    Matcher input = INPUT.matcher(inputJson);
    if (!input.find() || name.length() > 80) {
      throw new IllegalArgumentException(name + ": " + inputJson);
    }
    PartitionRange range =
        new PartitionRange(Integer.parseInt(input.group(1)), Integer.parseInt(input.group(2)));
    asleep.put(name, new WakeUp("g", range, input.group(3), name, input.group(4), 0, true));
  }

  @Override
  public boolean isRunning(String name) {
    return asleep.containsKey(name);
  }

  static long wakeAt(WakeUp wakeUp) {
    return Instant.parse(wakeUp.wakeAt()).toEpochMilli();
  }
}
