package dev.freshet.operations.events;

import java.util.List;
import java.util.Optional;

/** One attempt to append records to a stream: the call that may fail in part. */
@FunctionalInterface
public interface StreamWriter {

  /**
   * Appends the records.
   *
   * @param stream the stream's name, without the stage prefix used on AWS
   * @param events at most 500 records and 4.5 MiB
   * @return for each record, in the order given, why it was refused; empty if it was acknowledged
   * @throws RuntimeException if the call failed as a whole and is not worth repeating
   */
  List<Optional<String>> write(String stream, List<OutgoingEvent> events);
}
