package dev.freshet.stepfunctions;

/** Starts executions of the recalculation state machine. */
@FunctionalInterface
public interface Executions {

  /**
   * Starts an execution; starting one of the same name and input again is harmless.
   *
   * @param name at most 80 characters; taken for 90 days
   * @param inputJson the execution's input
   * @throws RuntimeException if it could not be started
   */
  void start(String name, String inputJson);
}
