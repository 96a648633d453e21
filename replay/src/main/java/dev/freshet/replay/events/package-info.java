/** Reading of event files, and counts of their events by outcome. */
package dev.freshet.replay.events;
