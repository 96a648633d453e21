/** Files of events: how they are read, and what became of the events in them. */
package dev.freshet.replay.events;
