package dev.freshet.authoring.scaffold;

/**
 * Something that declarations name by a constant.
 *
 * @param constant its name in the class of the words, such as {@code TABLE_RATED}
 * @param isNew whether the constant is still to be written
 */
record Word<T>(String constant, T meaning, boolean isNew) {}
