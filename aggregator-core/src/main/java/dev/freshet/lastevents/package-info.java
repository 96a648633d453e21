/** Implements the kind of state that holds the last events of an entity. */
package dev.freshet.lastevents;
