/**
 * The language in which feature groups are declared.
 *
 * <p>One package, though large: handlers import its words from one place, and its compiler and its
 * rules see the builder's fields.
 */
package dev.freshet.definition;
