package dev.freshet.testdriver;

import dev.freshet.event.Reason;

/** What became of an event that was fed. */
public sealed interface Outcome {

  /** It told the group something new. */
  record Applied() implements Outcome {}

  /** The state held it already, by its {@code eventId}. */
  record Duplicate() implements Outcome {}

  /** It is older than everything that the group can still use. */
  record Late() implements Outcome {}

  /** It does not concern the group: another type, no entity, or no value. */
  record Skipped(dev.freshet.event.Skipped why) implements Outcome {}

  /** It went to the dead letters. */
  record Invalid(Reason reason, String detail) implements Outcome {}

  Outcome APPLIED = new Applied();
  Outcome DUPLICATE = new Duplicate();
  Outcome LATE = new Late();
}
