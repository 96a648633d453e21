/**
 * The replay as a Spark job: partitions steps by entity and sorts them within a partition, replays
 * each entity with {@link dev.freshet.replay.EntityWalk}, sorts the rows, and writes them with the
 * writers of the replay. A task holds the state of one entity and the buffer of Spark's sort, which
 * writes to disk what does not fit.
 */
package dev.freshet.replay.spark;
