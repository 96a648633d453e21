package dev.freshet.definition;

/**
 * The description of one feature in the catalogue.
 *
 * @param name its name in the group, such as {@code created_5m}
 * @param window the window it is computed over, such as {@code (t − 5m, t]}
 * @param formula the formula of its value, for people to read
 * @param isText whether its value is a text, not a number
 * @param isInstant whether its value is an instant in epoch milliseconds; its name ends with {@code
 *     _at}
 */
public record Feature(
    String name, String window, String formula, boolean isText, boolean isInstant) {}
