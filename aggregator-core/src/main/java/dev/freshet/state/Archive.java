package dev.freshet.state;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * The lasting store of one feature group with history: what the state store may forget while an
 * entity sleeps.
 *
 * <p>The state store reads an entity when it has no snapshot of it. The recalculator writes an
 * entity at the latest {@link #LONGEST_DELAY} and a wake-up after an event; until then the state
 * store keeps it.
 */
public interface Archive {

  /** The longest time between an event and the moment at which its entity is due to be written. */
  Duration LONGEST_DELAY = Duration.ofMinutes(9);

  /** The archive of a group without history. */
  Archive NONE = new NoArchive();

  /**
   * Returns the entities that are stored. Sees every write that was acknowledged before.
   *
   * @throws StateStoreException if the archive did not answer, or refused
   */
  Map<String, Archived> read(Collection<String> entities);

  /**
   * Stores entities, except those of which a newer version is stored already. An item that is too
   * large is left out.
   *
   * @param items distinct entities
   * @param stored receives the index of each item that is stored now, or has a newer version there
   * @throws StateStoreException if another item may not have been stored; it can be written again
   */
  void write(List<Archived> items, IntConsumer stored);

  /**
   * Passes all stored entities on, in any order, in lists of bounded length.
   *
   * @throws StateStoreException if the archive did not answer, or refused
   */
  void readAll(Consumer<List<Archived>> receiver);

  /**
   * Returns the entries that describe the declarations of the group, in any order. They are opaque:
   * the state store writes and reads them.
   *
   * @throws StateStoreException if the archive did not answer, or refused
   */
  List<byte[]> declarations();

  /**
   * Adds entries that describe declarations; an entry that is stored already stays once.
   *
   * @throws StateStoreException if they may not have been added; they can be added again
   */
  void declare(List<byte[]> entries);
}
