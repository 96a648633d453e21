package dev.freshet.stepfunctions;

import dev.freshet.state.DueKeys;
import dev.freshet.state.PartitionRange;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** An index of due keys without a state store; the test changes the map. */
record DueMap(Map<String, Long> due, PartitionRange range) implements DueKeys {

  DueMap(Map<String, Long> due) {
    this(due, PartitionRange.ALL);
  }

  @Override
  public DueMap in(PartitionRange other) {
    return new DueMap(due, other);
  }

  @Override
  public List<DueKey> due(long nowMillis, int most) {
    return inRange()
        .filter(entry -> entry.getValue() <= nowMillis)
        .map(entry -> new DueKey(entry.getKey(), entry.getValue()))
        .toList();
  }

  @Override
  public OptionalLong next() {
    return inRange().mapToLong(Map.Entry::getValue).min();
  }

  private Stream<Map.Entry<String, Long>> inRange() {
    return due.entrySet().stream().filter(entry -> range.contains(entry.getKey()));
  }

  @Override
  public void settle(List<Settled> published) {
    throw new UnsupportedOperationException();
  }
}
