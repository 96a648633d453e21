/**
 * Implements windows over the events of an entity: the last N, and time windows.
 *
 * <p>The state holds events one by one, each with the inputs and filters that the group takes from
 * it: an event stays as long as a window may still see it. Features that see the same events share
 * a series. The series of a time window changes as events enter and leave it; what its aggregations
 * need, such as a sum or the values in order, is kept up to date from the first time it is asked
 * for. So a step costs little more than the events that it moves, however many are held.
 */
package dev.freshet.events;
