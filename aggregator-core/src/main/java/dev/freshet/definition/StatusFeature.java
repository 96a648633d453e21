package dev.freshet.definition;

/** A feature of the items in a status. */
public sealed interface StatusFeature permits Status, Status.Sum, Status.Oldest {

  /** The feature's name. */
  String name();

  /** The status of the items. */
  Status status();

  /** How the value follows from the items of the look-back, for people to read. */
  String formula();
}
