package dev.freshet.event;

/** The outcome of parsing a record for a feature group. */
public sealed interface ParsedRecord permits Event, Skipped, Rejection {}
