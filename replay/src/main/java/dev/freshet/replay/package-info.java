/**
 * Features of the past: the declarations and the engine of the online path over files of events.
 *
 * <p>Every event becomes a {@link dev.freshet.replay.Step} of the entity it is about, every row of
 * a spine one of each of its entities. Steps are sorted by entity and, of an entity, by time; then
 * one entity after the other is replayed by an {@link dev.freshet.replay.EntityReplay}, which holds
 * the state of that entity alone. So memory does not grow with the files, and any engine that can
 * partition by entity and sort within can do the same work.
 */
package dev.freshet.replay;
