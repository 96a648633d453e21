package dev.freshet.event;

/**
 * The outcome of parsing an invalid record.
 *
 * @param detail the fault and the member's name; at most a few hundred characters
 */
public record Rejection(Reason reason, String detail) implements ParsedRecord {}
