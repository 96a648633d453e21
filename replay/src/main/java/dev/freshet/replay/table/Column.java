package dev.freshet.replay.table;

import java.io.Serializable;

/** A column of a table: its name, and what holds all its cells. */
public record Column(String name, Cell.Kind kind) implements Serializable {}
