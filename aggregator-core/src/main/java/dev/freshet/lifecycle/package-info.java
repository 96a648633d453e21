/**
 * Implements lifecycles with one idea: every feature is the number, or the total weight, of the
 * items whose interval contains t.
 *
 * <p>An item has stages, with their times. An item created at c counts in {@code created_5m} during
 * {@code [c, c + 5m)}, and in {@code unserved} during {@code [c, the earliest of c + 3h, its
 * serving, its cancellation)}. So a total changes only where an interval starts or ends. To change
 * an item, subtract its old weights and add its new ones. An item needs work only at the starts and
 * ends of its own intervals, so the cost of an event does not grow with the number of items held.
 */
package dev.freshet.lifecycle;
