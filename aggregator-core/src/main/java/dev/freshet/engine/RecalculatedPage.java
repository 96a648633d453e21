package dev.freshet.engine;

import dev.freshet.ledger.Fate;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.ledger.LedgerLine;
import dev.freshet.result.FeatureResult;
import dev.freshet.result.Trigger;
import dev.freshet.state.Archive;
import dev.freshet.state.Archived;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState.Snapshot;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * A page of entities that are recalculated together. If some cannot be read or archived, the others
 * are, and the failure is kept.
 */
final class RecalculatedPage {

  private final int asked;
  private final List<Settled> entities = new ArrayList<>();
  private final List<FeatureResult> results = new ArrayList<>();
  private RuntimeException failure;

  private RecalculatedPage(int asked) {
    this.asked = asked;
  }

  /** Reads entities and computes their features. */
  static RecalculatedPage read(
      List<String> keys, StateStore store, FeatureComputer computer, long nowMillis) {
    RecalculatedPage page = new RecalculatedPage(keys.size());
    List<KeyEvents> steps = keys.stream().map(key -> new KeyEvents(key, List.of())).toList();
    try {
      store.apply(
          steps,
          nowMillis,
          (index, state) -> {
            String key = keys.get(index);
            page.entities.add(new Settled(key, state));
            page.results.add(computer.compute(key, state, Trigger.RECALCULATION));
          });
    } catch (StateStoreException e) {
      page.fail(e);
    }
    return page;
  }

  List<FeatureResult> results() {
    return results;
  }

  /**
   * Enters the page into the ledger. Keys that could not be read stay due, and are unfinished.
   *
   * @param missing the indexes of results that were not acknowledged
   */
  void enter(LedgerEntry entry, String group, BitSet missing) {
    LedgerLine due = LedgerLine.due(group);
    int unread = isComplete() ? 0 : asked - entities.size();
    entry.add(due, Fate.IN, asked);
    entry.add(due, Fate.DONE, entities.size() - missing.cardinality());
    entry.add(due, Fate.UNFINISHED, unread + missing.cardinality());
    PublishedEntry.add(entry, results, missing);
  }

  /** Returns the entities with some indexes. */
  List<Settled> entities(BitSet indexes) {
    return indexes.stream().mapToObj(entities::get).toList();
  }

  /** Returns all indexes. */
  BitSet all() {
    BitSet all = new BitSet();
    all.set(0, entities.size());
    return all;
  }

  /** Returns the indexes of the entities that only the archive has. */
  BitSet asleep() {
    BitSet asleep = all();
    asleep.stream().filter(i -> !isAsleep(i)).forEach(asleep::clear);
    return asleep;
  }

  private boolean isAsleep(int index) {
    Snapshot snapshot = entities.get(index).state().place().snapshot();
    return snapshot != null && snapshot.isAsleep();
  }

  /** Archives the entities with some indexes; returns the indexes of those that are archived. */
  BitSet archive(Archive archive, BitSet indexes) {
    BitSet archived = new BitSet();
    int[] chosen = indexes.stream().toArray();
    List<Archived> items = indexes.stream().mapToObj(this::item).toList();
    try {
      if (!items.isEmpty()) {
        archive.write(items, item -> archived.set(chosen[item]));
      }
    } catch (StateStoreException e) {
      fail(e);
    }
    return archived;
  }

  private Archived item(int index) {
    Settled entity = entities.get(index);
    Snapshot snapshot = entity.state().place().snapshot();
    return new Archived(
        entity.key(),
        entity.state().version(),
        snapshot.bytes(),
        results.get(index),
        snapshot.expiresAtMillis());
  }

  /** Notes that something failed. */
  void fail(RuntimeException because) {
    failure = failure == null ? because : failure;
  }

  /** Returns whether nothing failed. */
  boolean isComplete() {
    return failure == null;
  }

  /**
   * @throws RuntimeException the first failure
   */
  void requireComplete() {
    if (failure != null) {
      throw failure;
    }
  }
}
