/**
 * Implements windows that move in hops, and those of a lifetime.
 *
 * <p>The state holds the newest events of an entity one by one, for as long as an event may arrive
 * late. Older ones are merged into tiles: each holds what the features need to know of the events
 * of some time, such as their number, their exact sum, or a sketch. A window sees its last tiles
 * and the newest events, so tiles that no window can tell apart become one. All windows of a group
 * share them.
 *
 * <p>Values depend on the set of events only, those of sketches too: a sketch is the set of the
 * registers or bins that its values fall into.
 */
package dev.freshet.history;
