package dev.freshet.aws.emulator.mapping;

/** How an invocation ended for its batch. */
sealed interface Outcome {

  /** Every record is done. */
  record Succeeded() implements Outcome {}

  /** The records before {@code index} are done, those from there on are not; never 0. */
  record FailedFrom(int index) implements Outcome {}

  /**
   * No record is done.
   *
   * @param byException whether the function threw; otherwise its answer said so
   */
  record Failed(boolean byException) implements Outcome {}
}
