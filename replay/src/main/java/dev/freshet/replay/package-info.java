/**
 * Features of the past: replays files of events with the declarations and the engine of the online
 * path.
 *
 * <p>Every event becomes a step of its entity, and every row of a spine a step of each of its
 * entities. Steps are sorted by entity, then by time. An {@link dev.freshet.replay.EntityWalk} then
 * replays one entity after another and holds the state of that entity only. So memory does not grow
 * with the files, and any engine that partitions by entity and sorts within a partition can do the
 * same work.
 */
package dev.freshet.replay;
