package dev.freshet.event;

/** A valid event that does not concern the feature group; not an error. */
public enum Skipped implements ParsedRecord {
  /** The group does not read events of this type. */
  OTHER_TYPE,
  /** The event does not name an entity of the group's dimension. */
  NO_ENTITY,
  /** The event lacks a member that the group's value needs. */
  NO_VALUE
}
