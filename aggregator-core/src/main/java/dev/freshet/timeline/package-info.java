/**
 * Implements time windows and lifecycles with one idea: every feature is the number, or the total
 * weight, of the items whose interval contains t.
 *
 * <p>An item is an event, or what has stages, with their times. An item created at c counts in
 * {@code created_5m} during {@code [c, c + 5m)}, and in {@code unserved} during {@code [c, the
 * earliest of c + 3h, its serving, its cancellation)}. So a total changes only where an interval
 * starts or ends. To change an item, subtract its old weights and add its new ones. An item needs
 * work only at the starts and ends of its own intervals, so the cost of an event does not grow with
 * the number of items held.
 *
 * <p>The Redis script {@code timeline.lua} is this package in Lua; one contract test holds both to
 * the same behaviour.
 */
package dev.freshet.timeline;
