package dev.freshet.engine;

import dev.freshet.event.Event;
import dev.freshet.state.KeyEvents;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a batch for one feature group, by key: each key makes one step and gets one result,
 * however many events it has.
 */
final class Batch {

  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final List<KeyEvents> changes = new ArrayList<>();
  private final List<Integer> firstIndexes = new ArrayList<>();
  private final int[] firstEvents;
  private int records;
  private int received;
  private int skipped;
  private int late;
  private int invalid;

  /** Creates an empty batch of a number of records. */
  Batch(int records) {
    firstEvents = new int[records];
  }

  /** Begins the next record, which holds some events; one that cannot be unpacked counts as one. */
  void beginRecord(int events) {
    firstEvents[records++] = received;
    received += events;
  }

  /** Adds an event of the record at an index. */
  void add(int index, Event event) {
    int position = keys.computeIfAbsent(event.entity(), unseen -> changes.size());
    if (position == changes.size()) {
      changes.add(new KeyEvents(event.entity(), new ArrayList<>()));
      firstIndexes.add(index);
    }
    changes.get(position).events().add(event);
  }

  void addInvalid() {
    invalid++;
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

  /** The index in the batch of the record of the first event of a key. */
  int firstIndex(int change) {
    return firstIndexes.get(change);
  }

  /** The number of events in all records. */
  int received() {
    return received;
  }

  /** Returns the number of events in the records from one on. */
  int eventsFrom(int record) {
    return received - firstEvents[record];
  }

  int skipped() {
    return skipped;
  }

  int late() {
    return late;
  }

  int invalid() {
    return invalid;
  }
}
