package dev.freshet.operations.backfill;

import dev.freshet.engine.Recalculator;
import dev.freshet.state.KeyEvents;
import dev.freshet.state.KeyState;
import dev.freshet.state.StateStore;
import dev.freshet.stream.Retries;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the steps of many entities of a group with history, page by page: a page is stored,
 * published and archived before the next, so that Redis need not keep it.
 *
 * <p>A page that fails is done again as a whole, which changes nothing that was done.
 */
public final class PageInstaller {

  private static final int PAGE = 1_000;
  private static final long PAGE_BYTES = 8L << 20;

  private final StateStore store;
  private final Recalculator recalculator;
  private final Clock clock;
  private final Retries retries;
  private final List<KeyEvents> page = new ArrayList<>();
  private long pageBytes;
  private long entities;
  private long applied;
  private String last;

  /**
   * @param recalculator publishes and archives the entities of the store
   * @param retries the back-off while a store does not answer
   */
  public PageInstaller(StateStore store, Recalculator recalculator, Clock clock, Retries retries) {
    this.store = store;
    this.recalculator = recalculator;
    this.clock = clock;
    this.retries = retries;
  }

  /**
   * Adds a step, and makes those of a full page. Steps of one entity must follow each other.
   *
   * @param bytes about how large the step is
   * @throws IllegalStateException if all attempts failed; begin again
   */
  public void add(KeyEvents step, long bytes) {
    boolean isAnother = !step.key().equals(last);
    if (page.size() == PAGE || pageBytes > PAGE_BYTES || !isAnother) {
      flush();
    }
    entities += isAnother ? 1 : 0;
    last = step.key();
    page.add(step);
    pageBytes += bytes;
  }

  /** Makes the steps that wait; call it after the last. */
  public void flush() {
    if (page.isEmpty()) {
      return;
    }
    // The first step appends, and puts a snapshot. Only the list as it is then can be settled.
    retry(() -> store.apply(page, clock.millis(), (index, state) -> count(state)));
    retry(() -> recalculator.recalculate(page.stream().map(KeyEvents::key).toList()));
    page.clear();
    pageBytes = 0;
  }

  private void retry(Runnable work) {
    for (int attempt = 1; ; attempt++) {
      try {
        work.run();
        return;
      } catch (RuntimeException e) {
        if (attempt == retries.attempts()) {
          throw new IllegalStateException(e.getMessage() + "; mend it and run this again", e);
        }
        pause(attempt);
      }
    }
  }

  private void pause(int attempt) {
    try {
      retries.pauseAfter(attempt);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted: run it again", e);
    }
  }

  private void count(KeyState state) {
    applied += state.tally().applied();
  }

  /** Returns how many events the state did not hold before. */
  public long applied() {
    return applied;
  }

  /** Returns the number of entities added. */
  public long entities() {
    return entities;
  }
}
