package dev.freshet.oracle;

/** An event on its way: its JSON, and when it arrives. */
public record Arrival(long atMillis, String json) {}
