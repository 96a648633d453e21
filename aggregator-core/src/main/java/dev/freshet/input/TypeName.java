package dev.freshet.input;

/** The name of a type of events. */
@FunctionalInterface
public interface TypeName {

  /** The type as events name it, such as {@code TABLE_RATED}. */
  String name();
}
