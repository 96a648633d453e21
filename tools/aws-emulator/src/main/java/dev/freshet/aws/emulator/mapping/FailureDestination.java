package dev.freshet.aws.emulator.mapping;

/** Receives the documents about discarded batches, as a queue or topic does. */
@FunctionalInterface
public interface FailureDestination {

  /**
   * Sends the document about a discarded batch.
   *
   * @param destination the ARN or name that the mapping gives
   * @param documentJson the document, with the members that Lambda sends for Kinesis
   */
  void send(String destination, String documentJson);
}
