package dev.freshet.operations.events;

import java.util.List;
import java.util.Optional;

/** One call that puts records into a stream, and may refuse some of them. */
@FunctionalInterface
interface StreamWriter {

  /**
   * Takes or refuses records.
   *
   * @return for each record, in the order given, why it was refused; empty if it was acknowledged
   */
  List<Optional<String>> write(String stream, List<OutgoingEvent> events);
}
