package dev.freshet.event;

/**
 * Why a record is invalid.
 *
 * @param detail what was wrong, naming the member; at most a few hundred characters
 */
public record Rejection(Reason reason, String detail) implements Judgement {}
