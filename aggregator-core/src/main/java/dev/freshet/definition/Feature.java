package dev.freshet.definition;

/**
 * One feature as the catalogue shows it.
 *
 * @param name its name in the group, such as {@code created_5m}
 * @param window what it looks at, such as {@code (t − 5m, t]}
 */
public record Feature(String name, String window) {}
