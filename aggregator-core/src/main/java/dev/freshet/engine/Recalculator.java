package dev.freshet.engine;

import static dev.freshet.metrics.Metric.RECALCULATION_KEYS;
import static dev.freshet.metrics.Metric.RECALCULATION_LAG;
import static dev.freshet.metrics.Metric.RECALCULATION_PAGES;
import static dev.freshet.metrics.Metric.RESULTS_PUBLISHED;
import static dev.freshet.metrics.Metric.STEP_PUBLISH;
import static dev.freshet.metrics.Metric.STEP_STATE;

import dev.freshet.definition.FeatureGroup;
import dev.freshet.ledger.Ledger;
import dev.freshet.ledger.LedgerEntry;
import dev.freshet.metrics.Metrics;
import dev.freshet.result.ResultSink;
import dev.freshet.state.Archive;
import dev.freshet.state.DueKeys;
import dev.freshet.state.DueKeys.DueKey;
import dev.freshet.state.DueKeys.Settled;
import dev.freshet.state.PartitionRange;
import dev.freshet.state.StateStore;
import dev.freshet.state.StateStoreException;
import java.time.Clock;
import java.util.BitSet;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Recomputes and publishes, page by page, the keys whose features change because time passes; and
 * archives the entities with history that have changed.
 *
 * <p>Settles a due key only once its result is acknowledged, and an entity to archive only once it
 * is archived; one that fails before that stays due.
 */
public final class Recalculator {

  private static final int PAGE = 2_048;

  /** Fewer, as each entity may be an item to write. */
  private static final int PAGE_WITH_HISTORY = 1_024;

  private final String group;
  private final FeatureComputer computer;
  private final int pageSize;
  private final StateStore store;
  private final DueKeys dueKeys;
  private final Archive archive;
  private final ResultSink results;
  private final Clock clock;
  private final Metrics metrics;
  private final Ledger ledger;

  /** Creates the recalculator of a group without history. */
  public Recalculator(
      FeatureGroup group,
      StateStore store,
      DueKeys dueKeys,
      ResultSink results,
      Clock clock,
      Metrics metrics) {
    this(group, store, dueKeys, Archive.NONE, results, clock, metrics);
  }

  /**
   * Creates the recalculator of a group, for tools that keep no ledger.
   *
   * @param archive the same as in the state store
   */
  public Recalculator(
      FeatureGroup group,
      StateStore store,
      DueKeys dueKeys,
      Archive archive,
      ResultSink results,
      Clock clock,
      Metrics metrics) {
    this(group, store, dueKeys, archive, results, clock, metrics, Ledger.NONE);
  }

  /**
   * Creates the recalculator of a group.
   *
   * @param archive the same as in the state store
   * @param ledger gets the counts of each page
   */
  public Recalculator(
      FeatureGroup group,
      StateStore store,
      DueKeys dueKeys,
      Archive archive,
      ResultSink results,
      Clock clock,
      Metrics metrics,
      Ledger ledger) {
    this.group = group.name();
    this.computer = new FeatureComputer(group);
    this.pageSize = group.hasHistory() ? PAGE_WITH_HISTORY : PAGE;
    this.store = store;
    this.dueKeys = dueKeys;
    this.archive = archive;
    this.results = results;
    this.clock = clock;
    this.metrics = metrics;
    this.ledger = ledger;
  }

  /**
   * Recomputes due keys of all partitions; see {@link #recalculate(PartitionRange,
   * BooleanSupplier)}.
   */
  public void recalculate(BooleanSupplier timeIsShort) {
    recalculate(PartitionRange.ALL, timeIsShort);
  }

  /**
   * Recomputes due keys, and archives entities, until none is due or time is short; does at least
   * one page.
   *
   * @param timeIsShort asked after each page
   * @throws IllegalStateException if a result was not acknowledged; call again
   * @throws StateStoreException if an entity cannot be read or archived, after the others are done;
   *     call again
   */
  public void recalculate(PartitionRange range, BooleanSupplier timeIsShort) {
    DueKeys inRange = dueKeys.in(range);
    boolean isDone;
    do {
      long now = clock.millis();
      List<DueKey> due = inRange.due(now, pageSize);
      List<String> changed = inRange.toArchive(now, pageSize);
      if (!due.isEmpty()) {
        metrics.times(RECALCULATION_LAG, due.stream().mapToLong(each -> now - each.dueMillis()));
        recalculateDue(read(due.stream().map(DueKey::key).toList(), now));
      }
      if (!changed.isEmpty()) {
        archiveChanged(read(changed, now));
      }
      isDone = due.isEmpty() && changed.isEmpty();
    } while (!isDone && !timeIsShort.getAsBoolean());
  }

  /**
   * Recomputes and publishes entities, due or not, and archives them at once.
   *
   * @throws IllegalStateException see {@link #recalculate(BooleanSupplier)}
   */
  public void recalculate(List<String> keys) {
    RecalculatedPage page = read(keys, clock.millis());
    BitSet published = publish(page);
    List<Settled> archived = page.entities(page.archive(archive, published));
    dueKeys.settle(archived); // first, as it has entities archived again
    dueKeys.settleArchived(archived);
    page.requireComplete();
  }

  private RecalculatedPage read(List<String> keys, long now) {
    return metrics.timed(STEP_STATE, () -> RecalculatedPage.read(keys, store, computer, now));
  }

  private void recalculateDue(RecalculatedPage page) {
    BitSet done = publish(page);
    BitSet asleep = page.asleep();
    asleep.and(done);
    done.andNot(asleep);
    done.or(page.archive(archive, asleep));
    dueKeys.settle(page.entities(done));
    metrics.count(RECALCULATION_PAGES, 1);
    metrics.count(RECALCULATION_KEYS, done.cardinality());
    page.requireComplete();
  }

  /**
   * Archives entities that have changed. Publishes them, too: if an event came late when it was
   * delivered again, no function has.
   */
  private void archiveChanged(RecalculatedPage page) {
    BitSet published = publish(page);
    BitSet archived = page.archive(archive, published);
    dueKeys.settleArchived(page.entities(archived));
    if (page.isComplete()) {
      published.andNot(archived); // too large for the archive
      dueKeys.archiveLater(page.entities(published));
    }
    page.requireComplete();
  }

  /** Returns the indexes of the entities whose results are acknowledged. */
  private BitSet publish(RecalculatedPage page) {
    LedgerEntry entry = new LedgerEntry();
    BitSet missing = metrics.timed(STEP_PUBLISH, () -> results.put(page.results(), entry));
    page.enter(entry, group, missing);
    ledger.add(entry, missing.cardinality() < page.results().size());
    BitSet published = page.all();
    published.andNot(missing);
    metrics.count(RESULTS_PUBLISHED, published.cardinality());
    if (!missing.isEmpty()) {
      page.fail(
          new IllegalStateException(
              missing.cardinality() + " recalculated results were not acknowledged"));
    }
    return published;
  }
}
