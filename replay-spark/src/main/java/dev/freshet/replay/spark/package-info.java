/**
 * The replay as a Spark job: steps partitioned by entity and sorted within, each entity walked by
 * {@link dev.freshet.replay.EntityWalk}, the rows brought into their order and written by the same
 * writers. What a task holds is the state of an entity and Spark's sort, which spills.
 */
package dev.freshet.replay.spark;
