package dev.freshet.engine;

import dev.freshet.event.Event;
import dev.freshet.event.Rejection;
import dev.freshet.state.KeyEvents;
import dev.freshet.stream.StreamRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A batch grouped by key: each key makes one step and gets one result, however many events it has.
 */
final class Batch {

  /** An invalid record. */
  record Invalid(int index, StreamRecord record, Rejection rejection) {}

  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final List<KeyEvents> changes = new ArrayList<>();
  private final List<Integer> firstIndexes = new ArrayList<>();
  private final List<Invalid> invalid = new ArrayList<>();
  private int skipped;
  private int late;

  void add(int index, Event event) {
    int position = keys.computeIfAbsent(event.entity(), unseen -> changes.size());
    if (position == changes.size()) {
      changes.add(new KeyEvents(event.entity(), new ArrayList<>()));
      firstIndexes.add(index);
    }
    changes.get(position).events().add(event);
  }

  void addInvalid(int index, StreamRecord record, Rejection rejection) {
    invalid.add(new Invalid(index, record, rejection));
  }

  void addSkipped() {
    skipped++;
  }

  void addLate() {
    late++;
  }

  /** The events of each key, keys in the order they first appear. */
  List<KeyEvents> changes() {
    return changes;
  }

  /** The index in the batch of the first event of a key. */
  int firstIndex(int change) {
    return firstIndexes.get(change);
  }

  List<Invalid> invalid() {
    return invalid;
  }

  int skipped() {
    return skipped;
  }

  int late() {
    return late;
  }
}
