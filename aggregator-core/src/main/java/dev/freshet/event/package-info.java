/**
 * Parses events of any declared format for one feature group.
 *
 * <p>One package, though large: all but the parser and its outcomes is private to it, and a part of
 * its own would have to be public.
 */
package dev.freshet.event;
