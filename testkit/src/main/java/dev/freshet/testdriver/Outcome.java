package dev.freshet.testdriver;

import dev.freshet.event.Reason;

/** The outcome of an event that was fed. */
public sealed interface Outcome {

  /** The event changed the state. */
  record Applied() implements Outcome {}

  /** The state holds an event with this {@code eventId} already. */
  record Duplicate() implements Outcome {}

  /** The event is too old for every window of the group. */
  record Late() implements Outcome {}

  /** The group does not use the event: another type, no entity, or no value. */
  record Skipped(dev.freshet.event.Skipped why) implements Outcome {}

  /** The event went to the dead letters. */
  record Invalid(Reason reason, String detail) implements Outcome {}

  Outcome APPLIED = new Applied();
  Outcome DUPLICATE = new Duplicate();
  Outcome LATE = new Late();
}
