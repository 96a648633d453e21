package dev.freshet.engine;

import dev.freshet.event.Event;
import dev.freshet.state.KeyEvents;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The events of a batch for one feature group, by key: each key makes one step and gets one result,
 * however many events it has.
 */
final class Batch {

  /** The fates of events that make no step. */
  static final int INVALID = -1;

  static final int SKIPPED = -2;
  static final int LATE = -3;

  private final Map<String, Integer> keys = new LinkedHashMap<>();
  private final List<KeyEvents> changes = new ArrayList<>();
  private final List<Integer> firstIndexes = new ArrayList<>();
  private final int[] firstEvents;

  /** Pairs for each event: the index of its record, and the index of its key or its fate. */
  private int[] events;

  private int ends;
  private int records;
  private int received;
  private int skipped;
  private int late;
  private int invalid;

  /** Creates an empty batch of a number of records. */
  Batch(int records) {
    firstEvents = new int[records];
    events = new int[2 * records];
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
    note(index, position);
  }

  void addInvalid() {
    invalid++;
    note(records - 1, INVALID);
  }

  void addSkipped() {
    skipped++;
    note(records - 1, SKIPPED);
  }

  void addLate() {
    late++;
    note(records - 1, LATE);
  }

  private void note(int record, int keyOrFate) {
    if (ends == events.length) {
      events = Arrays.copyOf(events, Math.max(16, 2 * ends));
    }
    events[ends++] = record;
    events[ends++] = keyOrFate;
  }

  /** Passes on, for each event, the index of its record and the index of its key, or its fate. */
  void forEachEvent(EventReceiver receiver) {
    for (int i = 0; i < ends; i += 2) {
      receiver.event(events[i], events[i + 1]);
    }
  }

  /** The number of events that were judged: to be invalid, skipped, late, or for a step. */
  int judged() {
    return ends / 2;
  }

  /** The number of records. */
  int records() {
    return records;
  }

  /** Returns the number of events of a record. */
  int eventsOf(int record) {
    return (record + 1 < records ? firstEvents[record + 1] : received) - firstEvents[record];
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

  /** Receives events. */
  @FunctionalInterface
  interface EventReceiver {
    void event(int record, int keyOrFate);
  }
}
