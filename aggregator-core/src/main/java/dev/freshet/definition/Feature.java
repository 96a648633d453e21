package dev.freshet.definition;

/**
 * One feature as the catalogue shows it.
 *
 * @param name its name in the group, such as {@code created_5m}
 * @param window what it looks at, such as {@code (t − 5m, t]}
 * @param formula how its value follows from what is in the window, for people to read
 */
public record Feature(String name, String window, String formula) {}
