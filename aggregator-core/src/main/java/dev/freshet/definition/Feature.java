package dev.freshet.definition;

/**
 * The description of one feature in the catalogue.
 *
 * @param name its name in the group, such as {@code created_5m}
 * @param window the window it is computed over, such as {@code (t − 5m, t]}
 * @param formula the formula of its value, for people to read
 */
public record Feature(String name, String window, String formula) {}
