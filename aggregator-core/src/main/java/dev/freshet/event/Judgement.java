package dev.freshet.event;

/** What a feature group makes of a record. */
public sealed interface Judgement permits Event, Skipped, Rejection {}
